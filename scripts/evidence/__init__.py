"""Evidence: where a real server and the document differ, in a report that gives nothing away.

`make proxy` (proxy.py, forwarding.py) passes a program's calls on to Graph; `make evidence` (__main__.py) reads those
that a browser recorded (har.py), or shows the last report. Either way each call becomes an exchange.py, which
comparing.py holds against the document and assumed.py against its assumptions. notes.py counts what they find, and
report.py writes it. Of what was really sent and answered, only words get there that vocabulary.py lets pass, and
examples in which placeholders.py has replaced all else.
"""
