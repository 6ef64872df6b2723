-- A table's content, laid out as rows of cells, for the writers that build tables themselves.
--
-- grid = { columns = n, widths = {share of the line per column}, head = {row …}, body = {row …} }
-- row  = { kind = "head"|"group"|"total"|"base"|"plain", cells = {cell …}, under = a group's label
--          stands over it in the same body }
-- cell = { content = Inlines, align = "left"|"right"|"center", span = n, rows = n, at = column,
--          header = bool }
local word_breaks = require("word_breaks")
local M = {}

local LINE, WIDE_LINE = 96, 150 -- characters of table text across a page, upright and lying
local LONGEST = 24 -- a longer piece is broken, rather than that its column takes the line

local KINDS = { gruppe = "group", total = "total", base = "base", summary = "summary" }

local function kind_of(row)
  for _, class in ipairs(row.attr.classes) do
    if KINDS[class] then return KINDS[class] end
  end
  local first = row.cells[1]
  if #row.cells == 1 or (first and first.attr.attributes["scope"] == "rowgroup") then
    return "group"
  end
  return "plain"
end

-- Words for screen readers only have no place on paper.
local function inlines_of(cell)
  local spoken = { Span = function(span)
    if span.classes:includes("kun-skaermlaeser") then return {} end
  end }
  return pandoc.utils.blocks_to_inlines(cell.contents:walk(spoken))
end

local function indent_of(cell)
  for _, class in ipairs(cell.attr.classes) do
    local depth = class:match("^indent%-(%d)$")
    if depth then return tonumber(depth) end
  end
  return 0
end

local function is_number(cell)
  return cell.attr.classes:includes("tal")
end

local function alignment(cell, column)
  if is_number(cell) then return "right" end
  local set = { AlignRight = "right", AlignCenter = "center", AlignLeft = "left" }
  return set[tostring(cell.alignment)] or (column > 1 and cell.col_span > 1 and "left") or "left"
end

local function length(inlines)
  return utf8.len(pandoc.utils.stringify(inlines)) or 0
end

-- The longest piece that no line may break.
local function longest_word(inlines)
  local longest = 0
  for word in word_breaks.pieces(pandoc.utils.stringify(inlines)):gmatch("%S+") do
    longest = math.max(longest, utf8.len(word) or 0)
  end
  return longest
end

-- Rows of a section, with each cell's column worked out past row spans.
local function rows_of(rows, head)
  local taken, result = {}, {}
  for index, row in ipairs(rows) do
    local cells, column = {}, 1
    for _, cell in ipairs(row.cells) do
      while taken[index .. ":" .. column] do column = column + 1 end
      table.insert(cells, { content = word_breaks.apply(inlines_of(cell)), at = column, span = cell.col_span,
        rows = cell.row_span, align = alignment(cell, column), number = is_number(cell),
        indent = indent_of(cell),
        header = head or cell.attr.attributes["scope"] ~= nil })
      for down = 0, cell.row_span - 1 do
        for right = 0, cell.col_span - 1 do
          taken[(index + down) .. ":" .. (column + right)] = true
        end
      end
      column = column + cell.col_span
    end
    table.insert(result, { kind = head and "head" or kind_of(row), cells = cells })
  end
  return result
end

-- What the cells of a column need: {least} characters so that no word breaks, {want} to sit well.
local function needs(grid, column)
  local least, want = 3, 4
  for _, section in ipairs({ grid.head, grid.body }) do
    for _, row in ipairs(section) do
      for _, cell in ipairs(row.cells) do
        if cell.at == column and cell.span == 1 then
          local whole, word = length(cell.content), math.min(longest_word(cell.content), LONGEST)
          if cell.number and row.kind ~= "head" then word = whole end
          local lines = row.kind == "head" and 3 or cell.header and 2 or 4
          least = math.max(least, word + cell.indent)
          want = math.max(want, word, math.min(whole / lines, 42) + cell.indent)
        end
      end
    end
  end
  return least + 2, want + 2
end

-- Characters of the longest label of a row, as far as a label is meant to stand on one line.
local function longest_label(grid)
  local longest = 0
  for _, row in ipairs(grid.body) do
    local label = row.cells[1]
    if row.kind ~= "group" and label then
      longest = math.max(longest, math.min(length(label.content), 42) + label.indent + 2)
    end
  end
  return longest
end

local function total(want)
  local sum = 0
  for _, value in ipairs(want) do sum = sum + value end
  return sum
end

-- Spanning headings fit on two lines over their columns.
local function room_for_spans(grid, want)
  for _, row in ipairs(grid.head) do
    for _, cell in ipairs(row.cells) do
      local have = 0
      for column = cell.at, cell.at + cell.span - 1 do have = have + want[column] end
      local need = math.max(longest_word(cell.content) + 2, length(cell.content) / 1.6)
      if cell.span > 1 and need > have then
        for column = cell.at, cell.at + cell.span - 1 do
          want[column] = want[column] + (need - have) / cell.span
        end
      end
    end
  end
end

-- What is over goes to the labels until each has its line, then half to them and half to the
-- numbers; among words by what each column wants.
local function spread(want, over, text, labels)
  if not text then
    local more = math.max(0, math.min(over, labels - want[1]))
    want[1], over = want[1] + more, over - more
  end
  local sum = total(want)
  for column = 1, #want do
    local share = column == 1 and 0.45 or 0.55 / (#want - 1)
    want[column] = want[column] + over * (text and want[column] / sum or share)
  end
  return want
end

-- Too little room: every column gets its longest word first, then a share of what it wants beyond.
local function squeeze(least, want, line)
  local over, beyond = line - total(least), total(want) - total(least)
  if over <= 0 then return least end
  for column = 1, #want do
    want[column] = least[column] + over * (want[column] - least[column]) / beyond
  end
  return want
end

-- Each column's share of the line. A table that would be squeezed too hard lies down on its page.
local function widths(grid)
  local least, want = {}, {}
  for column = 1, grid.columns do least[column], want[column] = needs(grid, column) end
  room_for_spans(grid, want)
  grid.wide = total(least) > LINE or total(want) > 1.35 * LINE
  local line = grid.wide and WIDE_LINE or LINE
  local over = line - total(want)
  want = over > 0 and #want > 1 and spread(want, over, grid.text, longest_label(grid)) or squeeze(least, want, line)
  local sum = total(want)
  for column = 1, grid.columns do want[column] = want[column] / sum end
  return want
end

-- A column of numbers is a column whose body cells are; its headings stand above them.
local function align_headings(grid)
  local numbers = {}
  for _, row in ipairs(grid.body) do
    for _, cell in ipairs(row.cells) do
      if cell.number then numbers[cell.at] = true end
    end
  end
  for _, row in ipairs(grid.head) do
    for _, cell in ipairs(row.cells) do
      if cell.span == 1 and numbers[cell.at] then cell.align = "right" end
    end
  end
  grid.numbers = numbers
end

-- Whether body cells hold words; such rows are read from the top.
local function holds_text(grid)
  for _, row in ipairs(grid.body) do
    for _, cell in ipairs(row.cells) do
      if not cell.number and not cell.header and #cell.content > 0 then return true end
    end
  end
  return false
end

--- The grid of a pandoc Table.
function M.from(tbl)
  local grid = { columns = #tbl.colspecs, head = rows_of(tbl.head.rows, true), body = {} }
  for _, body in ipairs(tbl.bodies) do
    local under = false
    for _, rows in ipairs({ body.head, body.body }) do
      for _, row in ipairs(rows_of(rows, false)) do
        row.under, under = under, under or row.kind == "group"
        table.insert(grid.body, row)
      end
    end
  end
  for _, row in ipairs(rows_of(tbl.foot.rows, false)) do
    if row.kind == "plain" then row.kind = "total" end
    table.insert(grid.body, row)
  end
  align_headings(grid)
  grid.text = holds_text(grid)
  grid.widths = widths(grid)
  return grid
end

return M
