-- Dresses notes, sources, marked claims and left-out lines as each format wants them.
local claims = require("claims")
local docx_table = require("docx_table")
local numbering = require("numbering")
-- lying: ids of tables too wide for an upright page; FLOATING: what opens a table or figure that
-- Typst may move to the top or foot of a page
local M = { lying = {}, FLOATING = "#er-keep[" }

local NAMES = { anm = "Anmaerkning", kilde = "Kilde", udeladt = "Udeladt" }

local FOLLOWERS = { anm = true, kilde = true }

local function is_follower(block)
  return block and block.t == "Div" and FOLLOWERS[block.classes[1] or ""]
end

-- A table or figure, its note and its source stand close together (`er-taet`: one more follows) and
-- on one page.
local function together(blocks)
  local result = pandoc.Blocks({})
  for index, block in ipairs(blocks) do
    if block.t == "Div" and is_follower(blocks[index + 1]) then
      block.attributes["er-taet"] = "true"
    end
    local exhibit = block.t == "Div" and block.identifier:match("^%a%a%a%-")
    if exhibit then
      result:insert(pandoc.Div({ block }, pandoc.Attr("", { "eksponat" }, { { "er-id", block.identifier } })))
    elseif is_follower(block) and #result > 0 and result[#result].classes
      and result[#result].classes:includes("eksponat") then
      result[#result].content:insert(block)
    else
      result:insert(block)
    end
  end
  return result
end

--- Bring each table and figure together with the note and source that follow it.
function M.bring_together(doc)
  return doc:walk({ Blocks = together })
end

--- Whether a note or source follows this div; the mark is taken off.
function M.is_tight(div)
  local tight = div.attributes["er-taet"] == "true"
  div.attributes["er-taet"] = nil
  return tight
end

local function typst_div(name, div)
  local open = ("#er-%s(tight: %s)["):format(name, tostring(M.is_tight(div)))
  local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", open) })
  blocks:extend(div.content)
  blocks:insert(pandoc.RawBlock("typst", "]"))
  return blocks
end

local function keep(div)
  local lies = M.lying[div.attributes["er-id"]]
  div.attributes["er-id"] = nil
  if FORMAT:match("docx") then
    return lies and docx_table.lying(div.content) or div.content
  elseif FORMAT:match("typst") then
    local open = lies and "#er-lying[" or M.FLOATING
    local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", open) })
    blocks:extend(div.content)
    blocks:insert(pandoc.RawBlock("typst", "]"))
    return blocks
  end
  return div
end

local function dress_div(div)
  local name = div.classes[1]
  if name == "eksponat" then
    return keep(div)
  end
  if not NAMES[name or ""] then
    M.is_tight(div)
    return div
  elseif FORMAT:match("typst") then
    return typst_div(name, div)
  elseif FORMAT:match("docx") then
    div.attributes["custom-style"] = NAMES[name]
  end
  M.is_tight(div)
  return div
end

local function marked(span)
  if FORMAT:match("typst") then
    local inlines = pandoc.Inlines({ pandoc.RawInline("typst", '#er-falsk("' .. claims.MARK .. '")[') })
    inlines:extend(span.content)
    inlines:insert(pandoc.RawInline("typst", "]"))
    return inlines
  end
  local note = pandoc.Span({ pandoc.Str(claims.MARK) }, pandoc.Attr("", { "margenmaerke" }))
  if FORMAT:match("docx") then
    span.attributes["custom-style"] = "Paastand falsk"
    note = pandoc.Span({ pandoc.Str("\u{a0}[" .. claims.MARK .. "]") },
      pandoc.Attr("", {}, { { "custom-style", "Margenmaerke" } }))
    return pandoc.Inlines({ span, note })
  end
  span.content:extend({ pandoc.Space(), note })
  return span
end

-- The table as this report numbers it, where it prints it; else as the binding names it.
local function own_number(span)
  local name = (span.attributes["adresse"] or ""):match("^(%S+)")
  local entry = numbering.index["tbl-" .. (name or "")] or numbering.index["fig-" .. (name or "")]
  if entry and entry.number then
    span.attributes["tabel"] = entry.word:sub(1, 1):upper() .. entry.word:sub(2) .. " " .. entry.number
  end
end

local function title_of(span)
  local a, parts = span.attributes, {}
  for _, name in ipairs({ "tabel", "raekke", "kolonne" }) do
    if a[name] then table.insert(parts, a[name]) end
  end
  if a["n"] then table.insert(parts, "n = " .. a["n"]) end
  if a["kilde"] then table.insert(parts, a["kilde"]) end
  return table.concat(parts, " · ")
end

-- Where the number comes from belongs in the page, not in paper or Word.
local function dress_value(span)
  if not FORMAT:match("html") then
    return span.content
  end
  own_number(span)
  local attributes = { { "title", title_of(span) } }
  for name, value in pairs(span.attributes) do
    table.insert(attributes, { "data-" .. name, value })
  end
  table.sort(attributes, function(a, b) return a[1] < b[1] end)
  return pandoc.Span(span.content, pandoc.Attr("", span.classes, attributes))
end

local function dress_span(span)
  if span.classes:includes("tal") or span.classes:includes("fakta") then
    return dress_value(span)
  elseif span.classes:includes("paastand-falsk") then
    return marked(span)
  elseif span.classes:includes("bogstavelig") or span.classes:includes("paastand") then
    return FORMAT:match("html") and span.classes:includes("paastand")
      and pandoc.Span(span.content, pandoc.Attr("", span.classes)) or span.content
  end
end

-- »…« around what is quoted, ›…‹ inside it, whatever signs were typed.
local QUOTES = { DoubleQuote = { "»", "«" }, SingleQuote = { "›", "‹" } }

--- Quotation marks as Danish reports print them, the same in every format.
function M.quotes(doc)
  return doc:walk({ Quoted = function(quoted)
    local marks = QUOTES[tostring(quoted.quotetype)] or QUOTES.DoubleQuote
    local inlines = pandoc.Inlines({ pandoc.Str(marks[1]) })
    inlines:extend(quoted.content)
    inlines:insert(pandoc.Str(marks[2]))
    return inlines
  end })
end

local LISTS = { BulletList = true, OrderedList = true }

-- On paper a list stays whole, and with the line that introduces it.
local function with_lead_in(blocks)
  local result = pandoc.Blocks({})
  for index, block in ipairs(blocks) do
    local follower = blocks[index + 1]
    if block.t == "Para" and follower and LISTS[follower.t] then
      result:extend({ pandoc.RawBlock("typst", "#er-lead-in["), block, pandoc.RawBlock("typst", "]") })
    else
      result:insert(block)
    end
  end
  return result
end

function M.apply(doc)
  doc = doc:walk({ Div = dress_div, Span = dress_span })
  return FORMAT:match("typst") and doc:walk({ Blocks = with_lead_in }) or doc
end

--- The reference list's entries, each as the format wants it (after citations are resolved).
function M.references(doc)
  if not FORMAT:match("typst") then
    return doc
  end
  return doc:walk({ Cite = function(cite) return cite.content end, Div = function(div)
    if div.classes:includes("csl-entry") then
      local blocks = pandoc.Blocks({ pandoc.RawBlock("typst", "#er-reference[") })
      blocks:extend(div.content)
      blocks:insert(pandoc.RawBlock("typst", "] <" .. div.identifier .. ">"))
      return blocks
    elseif div.identifier == "refs" then
      return div.content
    end
  end })
end

return M
