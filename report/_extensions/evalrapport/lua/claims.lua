-- Chooses what is printed of claims, and leaves out sections whose results are absent.
local bindings = require("bindings")
local M = { dropped = {} }

M.MARK = "Påstanden holder ikke i syntetiske data"

local function neutral(span)
  local text = span.attributes["ellers"] or ""
  local blocks = pandoc.read(text, "markdown").blocks
  return blocks[1] and blocks[1].content or {}
end

local function decide(span)
  if not span.classes:includes("paastand") then
    return nil
  end
  local claim = bindings.claim(span.attributes["krav"] or "")
  if claim.outcome == "kan_ikke_afgoeres" then
    return pandoc.Span(neutral(span), pandoc.Attr("", { "paastand", "paastand-neutral" }))
  elseif claim.outcome == "falsk" and claim.mark then
    return pandoc.Span(span.content, pandoc.Attr("", { "paastand", "paastand-falsk" }))
  end
  return pandoc.Span(span.content, pandoc.Attr("", { "paastand" }))
end

-- What to call a left-out section: its own title, its heading, or the caption of its exhibit.
local function title_of(div)
  if div.attributes["titel"] then
    return div.attributes["titel"]
  end
  local title
  div:walk({ traverse = "topdown",
    Header = function(header) title = title or pandoc.utils.stringify(header.content) end,
    Div = function(inner)
      local last = inner.content[#inner.content]
      if not title and inner.identifier:match("^%a%a%a%-") and last and last.t == "Para" then
        title = pandoc.utils.stringify(last.content)
      end
    end })
  return title or div.attributes["resultat"] or "afsnittet"
end

local function drop_ids(div)
  local function drop(element)
    if element.identifier ~= "" then
      M.dropped[element.identifier] = true
    end
  end
  drop(div)
  div:walk({ Div = drop, Header = drop })
end

--- One line instead of a div whose result is absent.
function M.leave_out(div)
  drop_ids(div)
  return bindings.absent_line(title_of(div))
end

local required
function required(div)
  if not div.classes:includes("kraever") then
    return nil
  end
  for result in (div.attributes["resultat"] or ""):gmatch("[^%s,]+") do
    if bindings.absent[result] then
      return M.leave_out(div), false
    end
  end
  -- The walk goes on inside what it is given back, not over it: a div directly in this one is asked here.
  local kept = pandoc.Blocks({})
  for _, block in ipairs(div.content) do
    local found = block.t == "Div" and required(block) or nil
    kept:extend(found and (pandoc.utils.type(found) == "Blocks" and found or { found }) or { block })
  end
  return kept
end

-- Text that belongs to one kind of edition only.
local EDITIONS = { ["kun-syntetisk"] = "stand_in", ["kun-offentliggjort"] = "published" }

local function edition(element)
  for class, status in pairs(EDITIONS) do
    if element.classes:includes(class) then
      return bindings.data.data_status == status and element.content or {}
    end
  end
end

--- The document without absent sections and with every claim decided.
function M.apply(doc)
  doc = doc:walk({ Div = edition, Span = edition })
  doc = doc:walk({ traverse = "topdown", Div = required })
  return doc:walk({ Span = decide })
end

return M
