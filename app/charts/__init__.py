"""Charts as geometry: where every bar, tread and label stands, in plain numbers and strings.

Nothing here knows of a request, a database or HTML; `templates/macros/charts.html` prints what these functions return
and says at its head how a chart is added. One file a chart; what all share is in `frame`, `scale` and `lettering`.
"""

from app.charts.calibration import CalibrationChart, Stated, calibration_chart
from app.charts.change import ChangeChart, Construct, Reading, change_chart
from app.charts.dot_field import DotField, dot_field
from app.charts.frame import Chart, Point, Table, TableRow, readout
from app.charts.gate_weeks import GateWeek, GateWeeks, gate_weeks
from app.charts.growth_path import GrowthPath, growth_path
from app.charts.growth_rows import Year
from app.charts.progress import Aside, Cell, ProgressRow
from app.charts.roi_account import Month, Uncertain
from app.charts.roi_curve import RoiCurve, roi_curve
from app.charts.week_bars import Week, WeekBars, week_bars
from app.charts.whisker import Whisker, whisker

__all__ = [
    "Aside",
    "CalibrationChart",
    "Cell",
    "ChangeChart",
    "Chart",
    "Construct",
    "DotField",
    "GateWeek",
    "GateWeeks",
    "GrowthPath",
    "Month",
    "Point",
    "ProgressRow",
    "Reading",
    "RoiCurve",
    "Stated",
    "Table",
    "TableRow",
    "Uncertain",
    "Week",
    "WeekBars",
    "Whisker",
    "Year",
    "calibration_chart",
    "change_chart",
    "dot_field",
    "gate_weeks",
    "growth_path",
    "readout",
    "roi_curve",
    "week_bars",
    "whisker",
]
