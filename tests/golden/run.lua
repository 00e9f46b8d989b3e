-- Runs the shell sessions in files and compares what they print, line by line.
--   build/bin/newsreel run tests/golden/run.lua build [--accept] FILE...
--
-- A .txt file is a session: "$ " begins a command, "> " continues it, what follows is what it must print, both
-- streams together, then "[status N]" where that is not 0. "# " begins a remark. In a .md file the sessions are the
-- blocks marked console, and a block marked with a path, as in "lua examples/kwic.lua", must be that file's text.
-- Every file has a folder of its own, with bin/newsreel of the build in PATH and in build/bin, seeds/, examples/,
-- golden/ (this folder), build/demo.reel as `make demo` makes it, and prefix/ as `make install` fills it. --accept
-- writes what was printed into the files.
local build = table.remove(arg, 1)
local accept = arg[1] == "--accept" and table.remove(arg, 1) ~= nil
local passed, failed = 0, 0

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

---@return string # what the command prints
local function shell(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read "a"
  pipe:close()
  return text
end

local here = shell("pwd"):gsub("\n$", "")
local bin = (build:find "^/" and build or here .. "/" .. build) .. "/bin"

local function quoted(text)
  return "'" .. text:gsub("'", "'\\''") .. "'"
end

local function new_folder()
  local folder = shell("mktemp -d"):gsub("\n$", "")
  shell(([[chmod 755 %s && make -s install B=%s PREFIX=%s/prefix >/dev/null && cd %s && mkdir build &&
    ln -s %s build/bin && ln -s %s/seeds %s/examples . && ln -s %s/tests/golden . &&
    build/bin/newsreel add build/demo.reel seeds/*.txt seeds/*.jsonl 2>&1]])
    :format(folder, quoted(build), folder, folder, quoted(bin), here, here, here))
  return folder
end

---@return string # what one command of a session prints, and its status
local function run(command, folder)
  local text = shell(("cd %s && PATH=%s:$PATH NO_COLOR=1 COLUMNS=100 sh -c %s 2>&1 </dev/null; echo \"[status $?]\"")
    :format(quoted(folder), quoted(bin), quoted(command)))
  text = text:gsub("%[status 0%]\n$", "")
  return (text:gsub("([^\n])(%[status %d+%]\n)$", "%1\n%2"))
end

local function compare(place, command, expected, got)
  if expected == got then
    passed = passed + 1
  else
    failed = failed + 1
    print(("%s: %s\n--- expected\n%s--- printed\n%s---"):format(place, command, expected, got))
  end
end

---Run the session in `lines`, numbered from `first` in `path`.
---@return string[] # the lines with what was printed
local function session(lines, path, first, folder)
  local out, at = {}, 1
  while at <= #lines do
    local command = lines[at]:match "^%$ (.*)"
    out[#out + 1] = lines[at]
    local place = ("%s:%d"):format(path, first + at - 1)
    at = at + 1
    if command then
      while lines[at] and lines[at]:find "^> " do
        command = command .. "\n" .. lines[at]:sub(3)
        out[#out + 1] = lines[at]
        at = at + 1
      end
      local expected = {}
      while lines[at] and not lines[at]:find "^[$#] " do
        expected[#expected + 1] = lines[at] .. "\n"
        at = at + 1
      end
      local got = run(command, folder)
      compare(place, command, table.concat(expected), got)
      for line in got:gmatch "([^\n]*)\n" do
        out[#out + 1] = line
      end
    end
  end
  return out
end

local function lines_of(text)
  local lines = {}
  for line in text:gmatch "([^\n]*)\n" do
    lines[#lines + 1] = line
  end
  return lines
end

---@return string[] # the lines of a Markdown file with its blocks renewed
local function document(lines, path, folder)
  local out, at = {}, 1
  while at <= #lines do
    out[#out + 1] = lines[at]
    local mark = lines[at]:match "^```(.+)"
    at = at + 1
    if mark then
      local block, first = {}, at
      while lines[at] ~= "```" do
        block[#block + 1] = lines[at]
        at = at + 1
      end
      local source = mark:match "^%a+ (%S+)$"
      if mark == "console" then
        block = session(block, path, first, folder)
      elseif source then
        local text = read(source)
        compare(("%s:%d"):format(path, first), source, table.concat(block, "\n") .. "\n", text)
        block = lines_of(text)
      end
      table.move(block, 1, #block, #out + 1, out)
    end
  end
  return out
end

for _, path in ipairs(arg) do
  local text, folder = read(path), new_folder()
  local lines = lines_of(text)
  local out = path:find "%.md$" and document(lines, path, folder) or session(lines, path, 1, folder)
  shell("rm -r " .. quoted(folder))
  local renewed = table.concat(out, "\n") .. "\n"
  if accept and renewed ~= text then
    local file = assert(io.open(path, "wb"))
    file:write(renewed)
    file:close()
  end
end
print(("%d passed, %d failed"):format(passed, failed))
os.exit(failed == 0)
