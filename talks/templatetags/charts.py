"""Template tags for charts: bars of years, and tables with the same numbers."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from talks.templatetags.notes import counted, filter_query, join_html

register = template.Library()


@register.simple_tag
def year_bars(chart: Any, filters: Mapping[str, Any] | None) -> SafeString:
    """Return a bar chart of talks by year as SVG: the number of talks above each bar, years below.

    A bar links to the same list filtered by `filters` and the year; if `filters` is None, it is no link. Keyboards pass
    over these links, since the table beside the chart has the same.
    """
    link = '<a href="{}" tabindex="-1">{}</a>'
    rect = '<rect x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>'
    value, label = '<text class="value" x="{}" y="{}" dy="-4">{}</text>', '<text x="{}" y="{}" dy="-4">{}</text>'
    bars: list[SafeString] = []
    for bar in (bar for bar in chart.bars if bar.count):
        y, height, talks = round(bar.y, 1), round(bar.height, 1), counted(bar.count, "talk")
        drawn = format_html(rect, bar.x, y, chart.bar_width, height, bar.year, talks)
        drawn += format_html(value, bar.middle, y, bar.count)
        bars.append(drawn if filters is None else format_html(link, filter_query(filters, year=bar.year), drawn))
    labels = [format_html(label, bar.middle, chart.height, bar.year) for bar in chart.bars if bar.is_labelled]
    return join_html(bars + labels)


@register.simple_tag
def year_rows(chart: Any, filters: Mapping[str, Any] | None) -> SafeString:
    """Return the HTML rows of the table beside a bar chart: each year that has talks, and the number of its talks.

    A year links to the same list filtered by `filters` and the year; if `filters` is None, it is no link.
    """
    row = '<tr><th scope="row">{}</th><td>{}</td></tr>'
    link = '<a href="{}">{}</a>'
    rows = []
    for bar in (bar for bar in chart.bars if bar.count):
        year = bar.year if filters is None else format_html(link, filter_query(filters, year=bar.year), bar.year)
        rows.append(format_html(row, year, bar.count))
    return join_html(rows)


@register.simple_tag
def span_chart(span: Any) -> SafeString:
    """Return a small bar chart (SVG) of the years of a series; screen readers skip it, since text says the same."""
    size = format_html('width="{}" height="{}" viewBox="0 0 {} {}"', span.width, span.height, span.width, span.height)
    ground = format_html('<line x2="{}" y1="{}" y2="{}"/>', span.width, span.height, span.height)
    width = span.bar_width
    bars = "".join(f"M{bar.x} {round(bar.y, 1)}h{width}v{bar.height}h-{width}z" for bar in span.bars)
    svg = '<svg class="span" {} aria-hidden="true" focusable="false">{}<path d="{}"/></svg>'
    return format_html(svg, size, ground, bars)
