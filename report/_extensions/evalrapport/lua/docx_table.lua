-- Writes a grid as a WordprocessingML table: thin rules, header rows that repeat on every page.
local M = {}

local WIDTH, WIDE = 9070, 14238 -- text width in twentieths of a point, page upright and lying
local escapes = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }

function M.escape(text)
  return (text:gsub('[&<>"]', escapes))
end

local MARKS = { Superscript = '<w:vertAlign w:val="superscript"/>',
  Subscript = '<w:vertAlign w:val="subscript"/>', Emph = "<w:i/>", Strong = "<w:b/>" }

--- Runs of text for inlines; `marks` are run properties that hold for all of them.
function M.runs(inlines, marks)
  local out = {}
  for _, inline in ipairs(inlines) do
    if MARKS[inline.t] then
      table.insert(out, M.runs(inline.content, (marks or "") .. MARKS[inline.t]))
    elseif inline.t == "LineBreak" then
      table.insert(out, "<w:r><w:br/></w:r>")
    elseif inline.content and inline.t ~= "Str" and inline.t ~= "Quoted" then
      table.insert(out, M.runs(inline.content, marks))
    else
      local properties = marks and marks ~= "" and "<w:rPr>" .. marks .. "</w:rPr>" or ""
      local text = pandoc.utils.stringify(pandoc.Inlines({ inline }))
      -- Word has an element of its own for a hyphen that shows only at a line's end.
      local words = M.escape(text):gsub("\u{AD}",
        '</w:t><w:softHyphen/><w:t xml:space="preserve">')
      table.insert(out, "<w:r>" .. properties .. '<w:t xml:space="preserve">' .. words
        .. "</w:t></w:r>")
    end
  end
  return table.concat(out)
end

local function border(side, size)
  return ('<w:%s w:val="single" w:sz="%d" w:space="0" w:color="%s"/>'):format(
    side, size, size > 6 and "1D242B" or "8A949D")
end

-- The rules of a cell, in the order that the schema wants: top, then bottom.
local function borders(row, entry, place)
  local top, bottom
  if place.first then top = border("top", 8) end
  if row.kind == "total" then top = border("top", 4) end
  if row.kind == "head" and entry.span > 1 and #entry.content > 0 then bottom = border("bottom", 4) end
  if place.last_head then bottom = border("bottom", 4) end
  if place.last then bottom = border("bottom", 8) end
  local both = (top or "") .. (bottom or "")
  return both ~= "" and "<w:tcBorders>" .. both .. "</w:tcBorders>" or ""
end

local function cell(row, entry, grid, place, continued)
  local width = 0
  for column = entry.at, entry.at + entry.span - 1 do width = width + grid.widths[column] end
  local properties = ('<w:tcW w:w="%d" w:type="dxa"/>'):format(math.floor(width * grid.room))
  if entry.span > 1 then properties = properties .. ('<w:gridSpan w:val="%d"/>'):format(entry.span) end
  if continued then
    properties = properties .. "<w:vMerge/>"
  elseif entry.rows > 1 then
    properties = properties .. '<w:vMerge w:val="restart"/>'
  end
  properties = properties .. borders(row, entry, place)
  if row.kind == "head" then properties = properties .. '<w:vAlign w:val="bottom"/>' end
  local bold = (row.kind == "group" or row.kind == "total" or row.kind == "head") and "<w:b/>" or nil
  local style = row.kind == "head" and "Tabelhoved" or "Tabeltekst"
  local closer = grid.wide and '<w:spacing w:before="20" w:after="20"/>' or ""
  local indent = entry.indent > 0 and ('<w:ind w:left="%d"/>'):format(entry.indent * 200) or ""
  return "<w:tc><w:tcPr>" .. properties .. '</w:tcPr><w:p><w:pPr><w:pStyle w:val="' .. style
    .. '"/>' .. (place.keep and "<w:keepNext/>" or "") .. closer .. indent .. '<w:jc w:val="' .. entry.align .. '"/></w:pPr>'
    .. (continued and "" or M.runs(entry.content, bold)) .. "</w:p></w:tc>"
end

-- Cells that a row span above reaches into, by row and column.
local function continued_cells(rows)
  local open = {}
  for index, row in ipairs(rows) do
    for _, entry in ipairs(row.cells) do
      for down = 1, entry.rows - 1 do
        open[index + down] = open[index + down] or {}
        open[index + down][entry.at] = entry
      end
    end
  end
  return open
end

local function row_xml(row, grid, place, open)
  local cells, properties = {}, "<w:cantSplit/>"
  if row.kind == "head" then properties = properties .. "<w:tblHeader/>" end
  local by_column = {}
  for _, entry in ipairs(row.cells) do by_column[entry.at] = { entry, false } end
  for column, entry in pairs(open or {}) do by_column[column] = { entry, true } end
  for column = 1, grid.columns do
    if by_column[column] then
      table.insert(cells, cell(row, by_column[column][1], grid, place, by_column[column][2]))
    end
  end
  return "<w:tr><w:trPr>" .. properties .. "</w:trPr>" .. table.concat(cells) .. "</w:tr>"
end

local PAGE, LYING_PAGE = 40, 30 -- body rows

local function rows_xml(rows, grid, is_head)
  local out, open = {}, continued_cells(rows)
  for index, row in ipairs(rows) do
    local place = { first = is_head and index == 1, last_head = is_head and index == #rows,
      last = not is_head and index == #rows }
    -- A table that fits a page is kept on one; a longer one only holds on to its caption and notes,
    -- and a group's label to its first row.
    place.keep = is_head or #rows <= (grid.wide and LYING_PAGE or PAGE) or index <= 2
      or index > #rows - 3 or row.kind == "group"
    table.insert(out, row_xml(row, grid, place, open[index]))
  end
  return table.concat(out)
end

local SECTION = '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="rIdEr1"/>'
  .. '<w:footerReference w:type="default" r:id="rIdEr2"/><w:pgSz w:w="%d" w:h="%d"%s/>'
  .. '<w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="620" w:footer="680" '
  .. 'w:gutter="0"/></w:sectPr></w:pPr></w:p>'

--- Blocks on pages of their own that lie down.
function M.lying(blocks)
  local before = SECTION:format(11906, 16838, "", 1760, 1418, 1530, 1418)
  local after = SECTION:format(16838, 11906, ' w:orient="landscape"', 1500, 1300, 1200, 1300)
  local result = pandoc.Blocks({ pandoc.RawBlock("openxml", before) })
  result:extend(blocks)
  result:insert(pandoc.RawBlock("openxml", after))
  return result
end

--- WordprocessingML for the table; `title` is its description for screen readers.
function M.write(grid, title)
  local columns = {}
  grid.room = grid.wide and WIDE or WIDTH
  for _, share in ipairs(grid.widths) do
    table.insert(columns, ('<w:gridCol w:w="%d"/>'):format(math.floor(share * grid.room)))
  end
  return '<w:tbl><w:tblPr><w:tblStyle w:val="Resultattabel"/><w:tblW w:w="' .. grid.room
    .. '" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:lastRow="0" '
    .. 'w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1" w:val="06A0"/>'
    .. (title and '<w:tblCaption w:val="' .. M.escape(title) .. '"/>' or "") .. "</w:tblPr><w:tblGrid>"
    .. table.concat(columns) .. "</w:tblGrid>" .. rows_xml(grid.head, grid, true)
    .. rows_xml(grid.body, grid, false) .. "</w:tbl>"
end

return M
