@echo off
rem Dobbeltklik her paa Windows. Kraever ingen administratorrettigheder.
cd /d "%~dp0"
set /p VERSION=<python-version.txt
py -%VERSION% install.py || python install.py
pause
