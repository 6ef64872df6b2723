-- Turns @tbl-… @fig-… @sec-… into “tabel 3.1” with a link.
local bindings = require("bindings")
local claims = require("claims")
local numbering = require("numbering")
local M = {}

local LEFT_OUT = { tbl = "den udeladte tabel", fig = "den udeladte figur", sec = "det udeladte afsnit" }

local function kind_of(id)
  local kind = id:match("^(%a%a%a)%-")
  return LEFT_OUT[kind or ""] and kind or nil
end

local function capital(word)
  return word:sub(1, 1):upper() .. word:sub(2)
end

-- The text of one reference; `bare` leaves the word out (as in [-@tbl-x]).
local function printed(entry, bare, first)
  local number = entry.number
  if number and entry.word == "bilag" then
    number = number:match("^B(%d+)$") or number
  end
  if not number then
    return pandoc.Inlines({ pandoc.Str("»"), pandoc.Str(entry.text), pandoc.Str("«") })
  end
  local word = first and capital(entry.word) or entry.word
  return pandoc.Inlines({ pandoc.Str(bare and number or (word .. "\u{a0}" .. number)) })
end

local function one(citation, first)
  local id = citation.id:sub(1, 1):lower() .. citation.id:sub(2)
  local entry = numbering.index[id]
  first = first or citation.id ~= id
  if entry then
    local bare = citation.mode == "SuppressAuthor"
    return pandoc.Link(printed(entry, bare, first), "#" .. id, "", pandoc.Attr("", { "krydsref" }))
  elseif claims.dropped[id] then
    local text = LEFT_OUT[kind_of(id)]
    return pandoc.Str(first and capital(text) or text)
  end
  bindings.fault("Henvisningen @" .. citation.id .. " peger ikke på noget i rapporten.")
  return pandoc.Str("??")
end

local function is_reference(cite)
  local ours = 0
  for _, citation in ipairs(cite.citations) do
    local id = citation.id:sub(1, 1):lower() .. citation.id:sub(2)
    if kind_of(id) then ours = ours + 1 end
  end
  if ours > 0 and ours < #cite.citations then
    bindings.fault("Skil litteratur og krydshenvisninger ad: " .. pandoc.utils.stringify(cite))
  end
  return ours > 0
end

local function resolve(cite, first)
  local result = pandoc.Inlines({})
  for index, citation in ipairs(cite.citations) do
    if index > 1 then
      result:insert(pandoc.Str(index == #cite.citations and " og" or ","))
      result:insert(pandoc.Space())
    end
    if #citation.prefix > 0 then
      result:extend(citation.prefix)
      result:insert(pandoc.Space())
    end
    result:insert(one(citation, first and index == 1 and #citation.prefix == 0))
    result:extend(citation.suffix)
  end
  return result
end

local ABBREVIATIONS = {}
for word in ("jf. f.eks. bl.a. pct. kap. nr. ca. dvs. hhv. inkl. ekskl. mht. iht. s. bd. art. stk. kr."):gmatch("%S+") do
  ABBREVIATIONS[word] = true
end

-- Whether what stands before ends a sentence (or nothing stands before).
local function begins_sentence(inlines, index)
  local before = index - 1
  while before > 0 and (inlines[before].t == "Space" or inlines[before].t == "SoftBreak") do
    before = before - 1
  end
  if before == 0 then
    return true
  end
  local text = pandoc.utils.stringify(inlines[before])
  local word = text:match("(%S+)$") or ""
  return before < index - 1 and text:match("[%.%?!]$") ~= nil
    and not ABBREVIATIONS[word:gsub("^%(", ""):lower()]
end

local function replace(inlines)
  local result, changed = pandoc.Inlines({}), false
  for index, inline in ipairs(inlines) do
    if inline.t == "Cite" and is_reference(inline) then
      result:extend(resolve(inline, begins_sentence(inlines, index)))
      changed = true
    else
      result:insert(inline)
    end
  end
  return changed and result or nil
end

function M.apply(doc)
  return doc:walk({ Inlines = replace })
end

return M
