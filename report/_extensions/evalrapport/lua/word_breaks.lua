-- Where a line of a narrow column may end inside a long Danish word.
local M = {}

local MOST = 16 -- words longer than this may be broken, with a hyphen
local SOFT_HYPHEN, ZERO_WIDTH = "\u{AD}", "\u{200B}"

--- A text with a space wherever `apply` let a line end.
function M.pieces(text)
  return (text:gsub(SOFT_HYPHEN, "- "):gsub(ZERO_WIDTH, " "))
end

-- Endings that a Danish compound always joins to its next part with an s.
local JOINTS = { "ings", "heds", "skabs", "tions", "elses", "doms", "tets" }
-- What follows an s inside a word and not between its parts: partner-skab, oplys-ning, in-stitut.
local INSIDE = { "^kab", "^ning", "^tit", "^tem", "^tan", "^tra", "^trø", "^kel" }

local function within(rest)
  for _, start in ipairs(INSIDE) do
    if rest:match(start) then return true end
  end
  return false
end

-- Where a word's parts meet, by byte: after the joints that are sure, or else after an s that is
-- followed by a consonant.
local function joints(word)
  local sure, likely = {}, {}
  for _, ending in ipairs(JOINTS) do
    for after in word:gmatch(ending .. "()%l%l%l") do table.insert(sure, after - 1) end
  end
  for position in word:gmatch("[^k]()s[bdfghklmnprtv]%l%l%l") do
    if not within(word:sub(position + 1)) then table.insert(likely, position) end
  end
  return #sure > 0 and sure or likely
end

-- A long word with a soft hyphen where its parts meet, in the place nearest the middle. Words whose
-- parts are not seen stay as they are.
local function breakable(word)
  if utf8.len(word) <= MOST then return word end
  local place, best = nil, #word
  for _, position in ipairs(joints(word)) do
    if position > 4 and math.abs(position - #word / 2) < best then
      place, best = position, math.abs(position - #word / 2)
    end
  end
  return place and word:sub(1, place) .. SOFT_HYPHEN .. word:sub(place + 1) or word
end

--- Long words with places where a line may end: between their parts, and after a slash.
function M.apply(inlines)
  return inlines:walk({ Str = function(str)
    local parts = str.text:gsub("([%l-]/)(%l)", "%1" .. ZERO_WIDTH .. "%2")
    return pandoc.Str((parts:gsub("[^/]+", breakable)))
  end })
end

return M
