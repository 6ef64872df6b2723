-- Writes a grid as a Typst table: thin rules, spanning headings with a rule of their own.
local M = {}

local JOINER = "\u{2060}" -- keeps a range on one line

-- Plain words need no writer; a Typst string takes them as they are.
local function plain(inlines)
  local parts = {}
  for _, inline in ipairs(inlines) do
    if inline.t ~= "Str" and inline.t ~= "Space" then return nil end
    table.insert(parts, inline.t == "Str" and inline.text or " ")
  end
  local text = table.concat(parts):gsub("\\", "\\\\"):gsub('"', '\\"')
  text = text:gsub("(%d)–(%d)", "%1" .. JOINER .. "–" .. JOINER .. "%2")
  return text == "" and "" or '#"' .. text .. '"'
end

local function markup(inlines)
  local words = plain(inlines)
  if words then return words end
  local text = pandoc.write(pandoc.Pandoc({ pandoc.Plain(inlines) }), "typst")
  return (text:gsub("%s+$", ""):gsub("\n", " "))
end

local function cell(entry, row, grid)
  local options = {}
  if entry.span > 1 then table.insert(options, "colspan: " .. entry.span) end
  if entry.rows > 1 then table.insert(options, "rowspan: " .. entry.rows) end
  local place = grid.text and row.kind ~= "head" and "top" or "bottom"
  if entry.align ~= "left" or place ~= "bottom" then
    table.insert(options, "align: " .. entry.align .. " + " .. place)
  end
  if row.kind == "head" and entry.span > 1 then table.insert(options, "inset: (bottom: 3pt)") end
  local text = markup(entry.content)
  if (row.kind == "group" or row.kind == "total" or row.kind == "head") and text ~= "" then text = "#strong[" .. text .. "]" end
  if row.kind == "group" then table.insert(options, "inset: (top: 8pt)") end
  -- All lines of a long label stand under its first.
  if entry.indent > 0 then text = ("#pad(left: %.1fem)[%s]"):format(entry.indent * 1.1, text) end
  return "table.cell(" .. table.concat(options, ", ") .. ")[" .. text .. "]"
end

-- Rules below the spanning headings of a row, with a gap between neighbours.
local function span_rules(row)
  local rules = {}
  for _, entry in ipairs(row.cells) do
    if entry.span > 1 and #entry.content > 0 then
      table.insert(rules, ("  table.hline(start: %d, end: %d, stroke: er-thin),"):format(
        entry.at - 1, entry.at - 1 + entry.span))
    end
  end
  return rules
end

local function row_lines(row, lines, grid, previous)
  if row.kind == "total" or row.kind == "base" and previous ~= "base" then table.insert(lines, "  table.hline(stroke: er-thin),") end
  local cells = {}
  for _, entry in ipairs(row.cells) do table.insert(cells, cell(entry, row, grid)) end
  local line = table.concat(cells, ", ")
  -- A heading within the table is never left last on a page.
  if row.kind == "group" then line = "table.header(level: 2, repeat: false, " .. line .. ")" end
  table.insert(lines, "  " .. line .. ",")
end

-- What each row of the body is, for the PDF's tags (pdf_row_headers.py): a group's label, a row
-- under one, or another.
local function row_kinds(grid)
  local letters = {}
  for _, row in ipairs(grid.body) do
    table.insert(letters, row.kind == "group" and "g" or row.under and "u" or ".")
  end
  return table.concat(letters)
end

--- Typst code (not markup) for the table.
function M.write(grid)
  local tracks = {}
  for _, share in ipairs(grid.widths) do table.insert(tracks, ("%.4ffr"):format(share)) end
  local lines = { "er-table(columns: (" .. table.concat(tracks, ", ") .. ",),",
    "  // rows: " .. row_kinds(grid), "  table.header(", "  table.hline(stroke: er-thick)," }
  for _, row in ipairs(grid.head) do
    row_lines(row, lines, grid)
    for _, rule in ipairs(span_rules(row)) do table.insert(lines, rule) end
  end
  table.insert(lines, "  table.hline(stroke: er-thin),")
  table.insert(lines, "  ),")
  for index, row in ipairs(grid.body) do
    row_lines(row, lines, grid, index > 1 and grid.body[index - 1].kind or "head")
  end
  table.insert(lines, "  table.hline(stroke: er-thick),")
  table.insert(lines, ")")
  return table.concat(lines, "\n")
end

return M
