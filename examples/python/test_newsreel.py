"""Tests of newsreel.py against the library: python3 -m unittest discover examples/python"""
import gc
import json
import os
import tempfile
import threading
import time
import unittest

import newsreel

ARTICLES = [
    {"id": "a", "date": "2025-03-14", "source": "Wire", "text": "Talks resumed in Geneva. No one spoke of sanctions."},
    {"id": "b", "date": "2025-03-15", "source": "Wire", "text": "Talks failed."},
    {"id": "c", "date": "2025-04-02", "text": "Sanctions were lifted. \u0421\u0430\u043d\u043a\u0446\u0456\u0457."},
]


class Hosting(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "talks.reel")
        with newsreel.Writer(self.path) as writer:
            for article in ARTICLES:
                writer.add(article)
        self.corpus = newsreel.Corpus(self.path)

    def tearDown(self):
        del self.corpus
        self.folder.cleanup()

    def engine(self, **options):
        engine = newsreel.Engine(**options)
        engine.attach("talks", self.corpus)
        return engine

    def test_values_go_in_and_come_out(self):
        with self.engine() as engine:
            self.assertEqual(engine.run("return ...", 7, "caf\u00e9", True, None, 2.5, {"a": [1, 2]}),
                             [7, "caf\u00e9", True, None, 2.5, {"a": [1, 2]}])

    def test_rows_come_through_arrow_and_as_json_alike_and_outlive_all(self):
        engine = self.engine(sandbox=True)
        frame, = engine.run('return newsreel.open "talks".articles:by("month", "source"):count()')
        engine.close()
        del engine
        gc.collect()
        columns = frame.columns()
        self.assertEqual(columns["month"], ["2025-03", "2025-03", "2025-04", "2025-04"])
        self.assertEqual(columns["source"], ["Wire", "none"] * 2)
        self.assertEqual(columns["count"], [2.0, 0.0, 0.0, 1.0])
        rows = [json.loads(line) for line in frame.jsonl().splitlines()]
        self.assertEqual(rows, [dict(zip(columns, row)) for row in zip(*columns.values())])

    def test_buffers_hold_their_memory(self):
        with self.engine() as engine:
            buffers = engine.run('return newsreel.open():find("talks"):frame{ "day", "article" }')[0].buffers()
        gc.collect()
        kind, _, offsets, text = buffers["article"]
        self.assertEqual((kind, offsets.tolist(), bytes(text)), ("u", [0, 1, 2], b"ab"))

    def test_a_table_for_pyarrow_where_it_is_installed(self):
        try:
            import pyarrow
        except ImportError:
            self.skipTest("no pyarrow here")
        with self.engine() as engine:
            frame, = engine.run('return newsreel.open().articles:by("month"):count()')
        self.assertEqual(pyarrow.table(frame).column("count").to_pylist(), [2.0, 1.0])

    def test_a_capsule_that_nobody_takes_is_freed(self):
        with self.engine() as engine:
            frame, = engine.run('return newsreel.open().articles:by("month"):count()')
        for _ in range(100):
            frame.__arrow_c_stream__()
        self.assertEqual(newsreel._streams, {})

    def test_a_function_of_pythons_is_called_and_its_exceptions_are_errors(self):
        def outlet(name):
            return {"Wire": ("agency", 1)}[name]

        with self.engine(sandbox=True) as engine:
            engine.register("outlet", outlet)
            self.assertEqual(engine.run('return outlet "Wire"'), ["agency", 1])
            with self.assertRaisesRegex(newsreel.Error, "KeyError"):
                engine.run('return outlet "Nowhere"')
            self.assertEqual(engine.run('return pcall(outlet, "Nowhere")')[0], False)

    def test_errors_tell_status_and_line(self):
        with self.engine(sandbox=True, time=0.1) as engine:
            for code, status in (("x =", "syntax"), ("error 'x'", "script"), ("while true do end", "time_limit"),
                                 ("newsreel.open 'x.reel'", "denied"), ("local t = {} while true do t[#t + 1] = {} end",
                                                                        "memory_limit")):
                with self.subTest(code), self.assertRaises(newsreel.Error) as caught:
                    engine.run(code)
                self.assertIn(caught.exception.status, (status, "time_limit"))
            with self.assertRaises(newsreel.Error) as caught:
                engine.run("\n\nprnt(1)")
            self.assertEqual(caught.exception.line, 3)

    def test_another_thread_interrupts(self):
        with self.engine() as engine:
            stop = threading.Event()

            def ask():
                while not stop.is_set():
                    time.sleep(0.02)
                    engine.interrupt()

            thread = threading.Thread(target=ask)
            thread.start()
            with self.assertRaises(newsreel.Error) as caught:
                engine.run("while true do end")
            stop.set()
            thread.join()
            self.assertEqual(caught.exception.status, "interrupted")

    def test_output_talk_and_modules_reach_python(self):
        output, talk = [], []
        with self.engine(write=output.append, tell=lambda *said: talk.append(said),
                         module=lambda name: "return 42" if name == "mine" else None) as engine:
            self.assertEqual(engine.run("print 'caf\u00e9' warn 'look' return (require 'mine')"), [42])
        self.assertEqual((output, talk), (["caf\u00e9\n"], [("warning", "look")]))

    def test_engines_in_threads_share_a_corpus(self):
        counts = []

        def work():
            with self.engine(sandbox=True) as engine:
                for _ in range(50):
                    counts.append(engine.run('return #newsreel.open()"talks"')[0])

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(counts, [2] * 200)

    def test_engines_do_not_leak(self):
        def resident():
            with open("/proc/self/statm") as file:
                return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

        def some(count):
            for _ in range(count):
                newsreel.Engine(sandbox=True).close()

        some(200)
        before = resident()
        some(1000)
        self.assertLess(resident() - before, 4 << 20)

    def test_a_child_process_goes_on(self):
        with self.engine(sandbox=True, time=1) as engine:
            engine.run("return 1")
            child = os.fork()
            if child == 0:
                try:
                    engine.run("while true do end")
                except newsreel.Error as error:
                    os._exit(0 if error.status == "time_limit" else 1)
                os._exit(2)
            self.assertEqual(os.waitpid(child, 0)[1], 0)

    def test_a_refreshed_corpus_sees_what_was_committed(self):
        with newsreel.Writer(self.path) as writer:
            writer.add({"id": "d", "date": "2025-05-01", "text": "Talks again."})
        newer = self.corpus.refresh()
        with newsreel.Engine() as engine:
            for corpus, count in ((self.corpus, 3), (newer, 4)):
                engine.attach("talks", corpus)
                self.assertEqual(engine.run("return #newsreel.open 'talks'"), [count])


if __name__ == "__main__":
    unittest.main()
