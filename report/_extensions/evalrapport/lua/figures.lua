-- A figure's picture, with its text alternative, its numbers and its interactive version.
local bindings = require("bindings")
local base64 = require("base64")
local M = {}

local escapes = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }

local function escape(text)
  return (text:gsub('[&<>"]', escapes))
end

local function path(name, ending)
  return bindings.exhibits .. "/figures/" .. name .. "." .. ending
end

local function description(name)
  local text = bindings.read(path(name, "json"))
  return text and pandoc.json.decode(text, false) or {}
end

-- One line of CSV split into its fields.
local function fields(line)
  local separator = line:find(";", 1, true) and ";" or ","
  local out, text = {}, line .. separator
  local at = 1
  while at <= #text do
    if text:sub(at, at) == '"' then
      local stop = text:find('"' .. separator, at + 1, true)
      if not stop then break end
      table.insert(out, (text:sub(at + 1, stop - 1):gsub('""', '"')))
      at = stop + 2
    else
      local stop = text:find(separator, at, true)
      table.insert(out, text:sub(at, stop - 1))
      at = stop + 1
    end
  end
  return out
end

local function row_html(cells, tag)
  local out = {}
  for index, cell in ipairs(cells) do
    local number = cell:match("^%-?[%d%.,]+$") ~= nil
    local element = (tag == "th" or index == 1) and "th" or "td"
    local scope = tag == "th" and ' scope="col"' or index == 1 and ' scope="row"' or ""
    table.insert(out, ("<%s%s%s>%s</%s>"):format(element, scope,
      number and index > 1 and ' class="tal"' or "", escape(cell), element))
  end
  return "<tr>" .. table.concat(out) .. "</tr>"
end

local function rows_of(text)
  local rows = {}
  for line in text:gsub("^\u{feff}", ""):gmatch("[^\r\n]+") do
    table.insert(rows, fields(line))
  end
  return rows
end

-- Columns that say nothing in this figure are left out.
local function without_empty(rows)
  local used = {}
  for index = 2, #rows do
    for column, cell in ipairs(rows[index]) do
      used[column] = used[column] or cell ~= ""
    end
  end
  local result = {}
  for _, row in ipairs(rows) do
    local kept = {}
    for column, cell in ipairs(row) do
      if used[column] then table.insert(kept, cell) end
    end
    table.insert(result, kept)
  end
  return result
end

--- The numbers behind a figure as an HTML table, read from its CSV.
local function numbers_table(text)
  local out = {}
  for index, row in ipairs(without_empty(rows_of(text))) do
    table.insert(out, row_html(row, index == 1 and "th" or "td"))
  end
  if #out == 0 then
    return ""
  end
  return "<table><thead>" .. table.remove(out, 1) .. "</thead><tbody>\n" .. table.concat(out, "\n")
    .. "</tbody></table>"
end

local function interactive(name)
  local spec = bindings.read(path(name, "vl.json"))
  if not spec then
    return ""
  end
  return '<script type="application/json" class="figurspecifikation">' .. spec:gsub("</", "<\\/") .. "</script>"
end

local function picture(name, alt)
  local svg = bindings.read(path(name, "svg")):gsub("^<%?xml.-%?>%s*", "")
  if not svg:match("^<svg[^>]*role=") then
    svg = svg:gsub("<svg ", '<svg role="img" aria-label="' .. escape(alt):gsub("%%", "%%%%") .. '" ', 1)
  end
  return svg
end

local function html(name, alt)
  local csv = bindings.read(path(name, "csv"))
  local parts = { '<div class="figurramme" data-figur="' .. name .. '">' .. picture(name, alt)
    .. interactive(name) .. "</div>" }
  if csv then
    table.insert(parts, '<details class="figurtal"><summary>Tal bag figuren</summary>\n<div class="tabelramme">'
      .. numbers_table(csv) .. '</div>\n<p><a download="' .. name .. '.csv" href="data:text/csv;charset=utf-8;base64,'
      .. base64.encode(csv) .. '">Hent tallene (CSV)</a></p></details>')
  end
  return pandoc.RawBlock("html", table.concat(parts, "\n"))
end

-- As wide as the text, unless the page then has no room left for caption, note and source.
local function docx_width(name)
  local size = pandoc.image.size(bindings.read(path(name, "png")))
  return ("%.2fcm"):format(math.min(16, 19.5 * size.width / size.height))
end

--- The block that shows a figure in this format.
function M.body(name, caption)
  if not bindings.read(path(name, "svg")) then
    bindings.fault("Figuren “" .. tostring(name) .. "” findes ikke. Kør make report.")
    return nil
  end
  local alt = description(name).alt or (caption and pandoc.utils.stringify(caption)) or ""
  if FORMAT:match("typst") then
    return pandoc.RawBlock("typst", ('#er-image("%s", alt: "%s")'):format(path(name, "svg"),
      alt:gsub("\\", "\\\\"):gsub('"', '\\"')))
  elseif FORMAT:match("docx") then
    local image = pandoc.Image(pandoc.Inlines(alt), path(name, "png"), "",
      pandoc.Attr("", {}, { { "width", docx_width(name) } }))
    -- Not alone in its paragraph, or the image becomes a figure whose caption is its text alternative.
    return pandoc.Div(pandoc.Para({ image, pandoc.RawInline("openxml", "") }), pandoc.Attr("", {}, { { "custom-style", "Figur" } }))
  end
  return html(name, alt)
end

return M
