"""newsreel in Python, by ctypes: nothing to compile.

    import newsreel
    corpus = newsreel.Corpus("talks.reel")
    with newsreel.Engine(sandbox=True, time=2.0) as engine:
        engine.attach("talks", corpus)
        frame, = engine.run('return newsreel.open "talks".articles:by("month"):count()')
        print(frame.columns())          # {"month": ["2025-08", ...], "count": [3.0, ...], ...}

The library is libnewsreel.so.0 where the loader finds it, or the file that NEWSREEL_LIBRARY names.
"""
import ctypes
import json
import os
from ctypes import POINTER, Structure, byref, c_char, c_char_p, c_double, c_int, c_int64, c_size_t, c_uint64, c_void_p

UNLIMITED = 2**64 - 1


class _Error(Structure):
    _fields_ = [("size", c_size_t), ("status", c_int), ("line", c_int), ("chunk", c_char * 128),
                ("message", c_char * 1024), ("traceback", c_char * 2048)]


class _Value(Structure):
    _fields_ = [("type", c_int), ("integer", c_int64), ("number", c_double), ("text", c_void_p), ("size", c_size_t)]


class _Limits(Structure):
    _fields_ = [("size", c_size_t)] + [(name, c_uint64) for name in (
        "memory_bytes", "time_us", "output_bytes", "result_bytes", "text_bytes", "source_bytes", "pattern_steps")]


class _Stats(Structure):
    _fields_ = [("size", c_size_t)] + [(name, c_uint64) for name in (
        "memory_now", "memory_peak", "runs", "time_us", "output_bytes", "host_calls", "stops")]


_OUTPUT = ctypes.CFUNCTYPE(None, c_void_p, c_void_p, c_size_t)
_MESSAGE = ctypes.CFUNCTYPE(None, c_void_p, c_int, c_void_p, c_size_t)
_MODULE = ctypes.CFUNCTYPE(c_int, c_void_p, c_char_p, POINTER(c_char_p), POINTER(c_size_t))
_FUNCTION = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, POINTER(_Value), c_size_t)


class _Options(Structure):
    _fields_ = [("size", c_size_t), ("profile", c_int), ("limits", _Limits),
                ("allocate", c_void_p), ("allocate_user", c_void_p), ("output", _OUTPUT), ("output_user", c_void_p),
                ("message", _MESSAGE), ("message_user", c_void_p), ("module", _MODULE), ("module_user", c_void_p),
                ("random_seed", c_uint64)]


# ---- the Arrow C data interface, as its specification has it ----

class _Schema(Structure):
    pass


_Schema._fields_ = [("format", c_char_p), ("name", c_char_p), ("metadata", c_void_p), ("flags", c_int64),
                    ("n_children", c_int64), ("children", POINTER(POINTER(_Schema))), ("dictionary", c_void_p),
                    ("release", ctypes.CFUNCTYPE(None, c_void_p)), ("private_data", c_void_p)]


class _Array(Structure):
    pass


_Array._fields_ = [("length", c_int64), ("null_count", c_int64), ("offset", c_int64), ("n_buffers", c_int64),
                   ("n_children", c_int64), ("buffers", POINTER(c_void_p)), ("children", POINTER(POINTER(_Array))),
                   ("dictionary", c_void_p), ("release", ctypes.CFUNCTYPE(None, c_void_p)), ("private_data", c_void_p)]


class _Stream(Structure):
    _fields_ = [("get_schema", ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)),
                ("get_next", ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p)),
                ("get_last_error", ctypes.CFUNCTYPE(c_char_p, c_void_p)),
                ("release", ctypes.CFUNCTYPE(None, c_void_p)), ("private_data", c_void_p)]


# ---- the library ----

_NIL, _BOOLEAN, _INTEGER, _NUMBER, _TEXT, _JSON, _FRAME, _OBJECT = range(8)
_KINDS = ("note", "warning", "refusal", "progress")


def _load():
    library = ctypes.CDLL(os.environ.get("NEWSREEL_LIBRARY", "libnewsreel.so.0"))
    out, error = POINTER(c_void_p), POINTER(_Error)
    for name, result, *arguments in (
            ("version", c_char_p), ("status_name", c_char_p, c_int),
            ("corpus_open", c_int, c_char_p, out, error), ("corpus_refresh", c_int, c_void_p, out, error),
            ("corpus_release", None, c_void_p),
            ("writer_open", c_int, c_char_p, out, error), ("writer_add", c_int, c_void_p, c_char_p, c_size_t, error),
            ("writer_commit", c_int, c_void_p, error), ("writer_close", None, c_void_p),
            ("engine_new", c_int, POINTER(_Options), out, error), ("engine_free", None, c_void_p),
            ("engine_attach", c_int, c_void_p, c_char_p, c_void_p, error),
            ("engine_register", c_int, c_void_p, c_char_p, _FUNCTION, c_void_p, error),
            ("engine_limit", c_int, c_void_p, POINTER(_Limits), error),
            ("engine_stats", None, c_void_p, POINTER(_Stats)), ("interrupt", None, c_void_p),
            ("script_new", c_int, c_char_p, c_char_p, c_size_t, out, error), ("script_free", None, c_void_p),
            ("run", c_int, c_void_p, c_void_p, POINTER(_Value), c_size_t, out, error),
            ("result_count", c_size_t, c_void_p), ("result_value", _Value, c_void_p, c_size_t),
            ("result_json", c_int, c_void_p, c_size_t, out, POINTER(c_size_t), error),
            ("result_arrow", c_int, c_void_p, c_size_t, POINTER(_Stream), error), ("result_free", None, c_void_p),
            ("call_return", c_int, c_void_p, POINTER(_Value), c_size_t),
            ("call_fail", c_int, c_void_p, c_int, c_char_p), ("call_stopped", c_int, c_void_p)):
        function = getattr(library, "newsreel_" + name)
        function.restype, function.argtypes = result, arguments
    return library


_library = _load()
_STATUS = {}
for _code in range(64):
    _name = _library.newsreel_status_name(_code).decode()
    if _name == "unknown":
        break
    _STATUS[_code] = _name
_CODE = {name: code for code, name in _STATUS.items()}
version = _library.newsreel_version().decode()


class Error(Exception):
    """What went wrong: `status` is "syntax", "time_limit", "notfound", ...; `line`, `chunk`, `traceback` as known."""

    def __init__(self, error):
        super().__init__(error.message.decode("utf-8", "replace"))
        self.status = _STATUS.get(error.status, "unknown")
        self.line, self.chunk = error.line, error.chunk.decode("utf-8", "replace")
        self.traceback = error.traceback.decode("utf-8", "replace")


def _call(function, *arguments):
    error = _Error(size=ctypes.sizeof(_Error))
    if function(*arguments, byref(error)) != 0:
        raise Error(error)


def _new(function, *arguments):
    pointer = c_void_p()
    _call(function, *arguments, byref(pointer))
    return pointer


def _to_values(items, keep):
    """Python values as an array of the library's; `keep` holds the bytes they point to."""
    values = (_Value * len(items))()
    for value, item in zip(values, items):
        if item is None:
            value.type = _NIL
        elif isinstance(item, bool):
            value.type, value.integer = _BOOLEAN, item
        elif isinstance(item, int):
            value.type, value.integer = _INTEGER, item
        elif isinstance(item, float):
            value.type, value.number = _NUMBER, item
        else:
            text = item if isinstance(item, (str, bytes)) else json.dumps(item)
            data = text.encode() if isinstance(text, str) else text
            keep.append(data)
            value.type = _TEXT if isinstance(item, (str, bytes)) else _JSON
            value.text, value.size = ctypes.cast(c_char_p(data), c_void_p), len(data)
    return values


def _from_value(value):
    if value.type == _NIL:
        return None
    if value.type == _BOOLEAN:
        return bool(value.integer)
    if value.type == _INTEGER:
        return value.integer
    if value.type == _NUMBER:
        return value.number
    data = ctypes.string_at(value.text, value.size)
    return json.loads(data) if value.type == _JSON else data.decode("utf-8", "surrogateescape")


class Corpus:
    """A snapshot of a .reel file; any number of engines and threads may use it."""

    def __init__(self, path, _pointer=None):
        self._pointer = _pointer or _new(_library.newsreel_corpus_open, os.fsencode(path))

    def refresh(self):
        """What has been committed since, as a corpus of its own."""
        return Corpus(None, _new(_library.newsreel_corpus_refresh, self._pointer))

    def __del__(self):
        if getattr(self, "_pointer", None):
            _library.newsreel_corpus_release(self._pointer)


class Writer:
    """The writer of a .reel file, which is made where it is missing: `with Writer(path) as w: w.add({...})`.
    Leaving the block commits; an exception in it drops what was added."""

    def __init__(self, path):
        self._pointer = _new(_library.newsreel_writer_open, os.fsencode(path))

    def add(self, article):
        data = json.dumps(article).encode()
        _call(_library.newsreel_writer_add, self._pointer, data, len(data))

    def commit(self):
        _call(_library.newsreel_writer_commit, self._pointer)

    def close(self):
        pointer, self._pointer = self._pointer, None
        _library.newsreel_writer_close(pointer)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()


class _Result:
    def __init__(self, pointer):
        self.pointer = pointer

    def __del__(self):
        _library.newsreel_result_free(self.pointer)


_capsule_new = ctypes.pythonapi.PyCapsule_New
_capsule_new.restype, _capsule_new.argtypes = ctypes.py_object, [c_void_p, c_char_p, c_void_p]
_capsule_pointer = ctypes.pythonapi.PyCapsule_GetPointer
_capsule_pointer.restype, _capsule_pointer.argtypes = c_void_p, [c_void_p, c_char_p]
_streams = {}  # address -> struct that a capsule holds


@ctypes.PYFUNCTYPE(None, c_void_p)
def _capsule_free(capsule):
    address = _capsule_pointer(capsule, b"arrow_array_stream")
    stream = _streams.pop(address)
    if stream.release:
        stream.release(address)


class _Batch:
    """One batch of columns and what keeps them alive."""

    def __init__(self, stream):
        self.schema, self.array = _Schema(), _Array()
        for function, to in ((stream.get_schema, self.schema), (stream.get_next, self.array)):
            if function(byref(stream), byref(to)) != 0:
                raise MemoryError(stream.get_last_error(byref(stream)).decode())

    def __del__(self):
        for struct in (self.schema, self.array):
            if struct.release:
                struct.release(byref(struct))


class Frame:
    """A table that a script returned. It lives on when the engine and the corpus are gone."""

    def __init__(self, result, index):
        self._result, self._index = result, index

    def _stream(self):
        stream = _Stream()
        _call(_library.newsreel_result_arrow, self._result.pointer, self._index, byref(stream))
        return stream

    def __arrow_c_stream__(self, requested_schema=None):
        """For pyarrow.table(frame), polars.DataFrame(frame) and others that know Arrow's PyCapsules."""
        stream = self._stream()
        address = ctypes.addressof(stream)
        _streams[address] = stream
        return _capsule_new(address, b"arrow_array_stream", ctypes.cast(_capsule_free, c_void_p))

    def buffers(self):
        """name -> (format, validity, buffers...) as memoryviews over the library's columns: nothing is copied."""
        stream = self._stream()
        try:
            batch = _Batch(stream)
        finally:
            stream.release(byref(stream))
        columns = {}
        for i in range(batch.schema.n_children):
            child, kind = batch.array.children[i].contents, batch.schema.children[i].contents
            rows, width = child.length, {b"u": 4, b"U": 8}.get(kind.format)

            def view(number, size, code):
                memory = (c_char * size).from_address(child.buffers[number] or 0) if size else bytearray()
                memory.batch = batch if size else None  # a memoryview holds its memory
                return memoryview(memory).cast("B").cast(code)

            parts = [view(0, (rows + 7) // 8, "B")]
            if width:
                offsets = view(1, (rows + 1) * width, "i" if width == 4 else "q")
                parts += [offsets, view(2, offsets[rows], "B")]
            else:
                parts.append(view(1, rows * 8, "d"))
            columns[kind.name.decode()] = (kind.format.decode(), *parts)
        return columns

    def columns(self):
        """name -> list of values; what is missing is None."""
        columns = {}
        for name, (kind, valid, *parts) in self.buffers().items():
            if kind == "g":
                values = parts[0].tolist()
            else:
                offsets, text = parts[0].tolist(), bytes(parts[1])
                values = [text[a:b].decode("utf-8", "replace") for a, b in zip(offsets, offsets[1:])]
            if valid.tobytes().count(255) * 8 < len(values):
                values = [v if valid[i >> 3] >> (i & 7) & 1 else None for i, v in enumerate(values)]
            columns[name] = values
        return columns

    def jsonl(self):
        """The rows as JSON Lines."""
        text, size = c_void_p(), c_size_t()
        _call(_library.newsreel_result_json, self._result.pointer, self._index, byref(text), byref(size))
        return ctypes.string_at(text, size.value).decode()


class Engine:
    """A Lua interpreter with newsreel in it. One thread at a time uses it; interrupt() may come from any.

    sandbox   for scripts of others: see SECURITY.md for what that promises
    time      seconds for a run; memory, output, result, text, source: bytes; steps: of a pattern
    write     gets what scripts print (str); tell gets kind and text of notes and warnings
    module    gets a name and gives the Lua source of a module, or None
    """

    def __init__(self, sandbox=False, time=0, memory=0, output=0, result=0, text=0, source=0, steps=0, seed=0,
                 write=None, tell=None, module=None):
        self._kept = {}
        options = _Options(size=ctypes.sizeof(_Options), profile=1 if sandbox else 0, random_seed=seed)
        options.limits = _Limits(ctypes.sizeof(_Limits), memory, int(time * 1e6), output, result, text, source, steps)
        if write:
            options.output = _OUTPUT(lambda _, data, size: write(ctypes.string_at(data, size).decode("utf-8", "replace")))
        if tell:
            options.message = _MESSAGE(
                lambda _, kind, data, size: tell(_KINDS[kind], ctypes.string_at(data, size).decode("utf-8", "replace")))
        if module:
            options.module = _MODULE(lambda _, *arguments: self._give_module(module, *arguments))
        self._options = options
        self._pointer = _new(_library.newsreel_engine_new, byref(options))

    def _give_module(self, module, name, text, size):
        try:
            source = module(name.decode())
        except Exception:
            return _CODE["denied"]
        if source is None:
            return _CODE["notfound"]
        self._kept["module"] = source.encode()
        text[0], size[0] = self._kept["module"], len(self._kept["module"])
        return 0

    def attach(self, name, corpus):
        _call(_library.newsreel_engine_attach, self._pointer, name.encode(), corpus and corpus._pointer)

    def register(self, name, function):
        """Let scripts call `function` by a global name. What it raises becomes an error in the script."""

        def called(_, call, arguments, count):
            keep = []
            try:
                results = function(*(_from_value(arguments[i]) for i in range(count)))
                results = results if isinstance(results, tuple) else (results,)
                return _library.newsreel_call_return(call, _to_values(results, keep), len(results))
            except Exception as error:
                message = f"{type(error).__name__}: {error}"
                return _library.newsreel_call_fail(call, _CODE["script"], message.encode())

        self._kept[name] = _FUNCTION(called)
        _call(_library.newsreel_engine_register, self._pointer, name.encode(), self._kept[name], None)

    def run(self, code, *arguments, name="python"):
        """Run a script; what it returns, as a list: numbers, texts, tables as lists and dicts, frames as Frame."""
        text, keep = code.encode(), []
        script = _new(_library.newsreel_script_new, name.encode(), text, len(text))
        try:
            values = _to_values(arguments, keep)
            result = _Result(_new(_library.newsreel_run, self._pointer, script, values, len(values)))
        finally:
            _library.newsreel_script_free(script)
        values = (_library.newsreel_result_value(result.pointer, i)
                  for i in range(_library.newsreel_result_count(result.pointer)))
        return [Frame(result, i) if value.type == _FRAME else _from_value(value) for i, value in enumerate(values)]

    def interrupt(self):
        _library.newsreel_interrupt(self._pointer)

    def stats(self):
        stats = _Stats(size=ctypes.sizeof(_Stats))
        _library.newsreel_engine_stats(self._pointer, byref(stats))
        return {name: getattr(stats, name) for name, _ in _Stats._fields_[1:]}

    def close(self):
        pointer, self._pointer = self._pointer, None
        _library.newsreel_engine_free(pointer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "_pointer", None):
            self.close()
