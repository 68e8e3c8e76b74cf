using System.Xml.Linq;

namespace GridMesh.Load.Tests.Reports;

public sealed class ReportTests
{
    [Fact(DisplayName = "[LO4] the text names where and what ran, every figure, row, note and threshold, and which one is missed")]
    public void Text()
    {
        var lines = ReportText.Render(ReportOf()).Split('\n')
            .Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();
        lines.ShouldContain("latency: 2026-01-05 08:00:00 +00:00, 61.5 s");
        lines.ShouldContain("latency: MISSED 未达标");
        lines.ShouldContain("Linux, .NET 10, 2 cores, load 0.50 before and after");
        lines.ShouldContain("commit abc, engine Orleans 10, Sqlite (WAL)");
        lines.ShouldContain("rate=5");
        lines.ShouldContain("send 10 1 2 1 20 15 40 80 90 95 500");
        lines.ShouldContain("processor 32.07 % of a core");
        lines.ShouldContain("one 1 2.03");
        lines.ShouldContain("send: 1 x TooBusy (come back later)");
        lines.ShouldContain("cases lost = 0 0 ok");
        lines.ShouldContain("p99 <= 80 ms 90.0 ms MISSED");
    }

    [Fact(DisplayName = "[LO4] the JSON carries the same, and the run over time")]
    public void Json()
    {
        var json = JsonSerializer.Deserialize<JsonElement>(ReportText.Json(ReportOf()));
        json.GetProperty("isMet").GetBoolean().ShouldBeFalse();
        json.GetProperty("machine").GetProperty("cores").GetInt32().ShouldBe(2);
        json.GetProperty("loads")[0].GetProperty("p99Ms").GetDouble().ShouldBe(90);
        json.GetProperty("figures")[0].GetProperty("value").GetDouble().ShouldBe(32.07);
        json.GetProperty("thresholds")[1].GetProperty("isMet").GetBoolean().ShouldBeFalse();
        json.GetProperty("timelines")[0].GetProperty("points")[1].GetProperty("values").GetProperty("ok/s").GetDouble()
            .ShouldBe(3);
    }

    [Fact(DisplayName = "[LO21] the HTML is one well-formed file in two languages that asks nobody for anything, with a plot for each view")]
    public void Html()
    {
        var report = ReportOf();
        report.Notes.Add("<script>alert(1)</script>");
        var html = ReportHtml.Render(report);
        html.Replace("http://www.w3.org/", "", StringComparison.Ordinal).ShouldNotContain("http");
        html.ShouldNotContain("<script");
        var body = XDocument.Parse(
            html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)]);
        body.Descendants().Count(element => element.Name.LocalName == "svg")
            .ShouldBe(4, "throughput, failures, memory, latency");
        foreach (var title in new[] { "Throughput 吞吐量", "Failures 失败", "Memory 内存", "Latency 时延: send" })
            html.ShouldContain(title);
    }

    [Fact(DisplayName = "[LO21] a run that somebody ended is told, and one without a run over time has no plots")]
    public void Others()
    {
        var report = new Report(
            "kill", DateTimeOffset.UnixEpoch, new Dictionary<string, string>()) { IsCancelled = true };
        ReportText.Render(report).ShouldContain("ended before its time");
        ReportHtml.Render(report).ShouldNotContain("<svg");
    }

    private static Report ReportOf()
    {
        var report = new Report(
            "latency", new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero),
            new Dictionary<string, string> { ["rate"] = "5" })
        {
            Seconds = 61.5, Machine = new Machine("Linux", ".NET 10", 2, 1_000, 0.5, null),
            Subject = new Subject("abc", "Orleans 10", "Sqlite", "WAL"),
        };
        TimePoint PointAt(double at, params (string Name, double Value)[] values) =>
            new(at, values.ToDictionary(value => value.Name, value => value.Value));
        (string, double)[] latencies = [("p50 ms", 1), ("p95 ms", 2), ("p99 ms", 3), ("max ms", 4), ("failed/s", 1)];
        report.Take(
            new Scenario("send", _ => Task.FromResult(Response.Ok)),
            new ScenarioFigures(
                new LoadFigures(
                    "send", 10, 1, 2, 1, 20, 15, 40, 80, 90, 95, 500_000_000,
                    [new CodeFigure("TooBusy", true, 1, "come back later")]), []));
        report.Timelines.Add(
            new TimeLine("send", [PointAt(1, [("ok/s", 2), .. latencies]), PointAt(2, [("ok/s", 3), .. latencies])]));
        report.Processes.Add(
            new TimeLine("product", [PointAt(1, ("memory MB", 100)), PointAt(2, ("memory MB", 120))]));
        report.Add("processor", 32.07, "% of a core");
        report.Tables.Add(new ReportTable("rounds", ["round", "seconds"], [[1, 2.03]], ["one"]));
        report.Thresholds.AddRange([Verdict.Zero("cases lost", 0), Verdict.AtMost("p99", 80, 90, "ms")]);
        return report;
    }
}
