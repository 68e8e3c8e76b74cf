using System.Text.Json;
using System.Xml.Linq;
using GridMesh.Load.Reports;
using GridMesh.Load.Reports.Html;
using GridMesh.Load.Running;
using GridMesh.Load.Scenarios;
using GridMesh.Load.Runner.Contracts.Metrics;
using GridMesh.Load.Runner.Contracts.Stats;

namespace GridMesh.Load.Tests.Running;

public sealed class LoadReportTests
{
    private static readonly NodeStats s_stats = new()
    {
        ScenarioStats = [StatsAt(20)],
        Thresholds =
        [
            new ThresholdResult { ScenarioName = "send", CheckExpression = "(stats.Ok.Latency.Percent99 < 100)" },
            new ThresholdResult
            {
                ScenarioName = "send", StepName = "post", IsFailed = true, ErrorCount = 2,
                CheckExpression = "((x.Ok.Request.Count > 5) AndAlso (x.Fail.Request.Count == 0))",
            },
        ],
    };

    [Fact(DisplayName = "[LO21] a report has figures, thresholds with what was found, and the run over time, from what a sink of NBomber is given")]
    public async Task Composed()
    {
        var report = await ReportAsync(isCancelled: false);

        report.Loads.Select(load => (load.Name, load.Ok, load.Failed)).ShouldBe([("send", 10, 1), ("send / post", 3, 0)]);
        report.Thresholds.ShouldBe(
        [
            new Verdict("send", "Ok.Latency.Percent99 < 100", "Ok.Latency.Percent99 90 ms", true),
            new Verdict("send / post", "(Ok.Request.Count > 5) and (Fail.Request.Count == 0)", "Ok.Request.Count 3, Fail.Request.Count 0 (missed in 2 checks)", false),
            new Verdict("memory", "< 300 MB", "200 MB", true),
        ]);
        report.Notes.ShouldBe(["send: 1 x TooBusy (come back later)"]);
        report.Timelines.ShouldHaveSingleItem().Points.Select(point => point.At).ShouldBe([10, 20]);
        report.Metrics.ShouldHaveSingleItem().Points.ShouldHaveSingleItem().Value.ShouldBe(7);
        report.IsMet.ShouldBeFalse();
    }

    [Fact(DisplayName = "[LO21] the JSON carries all of it, the run over time as well")]
    public async Task Json()
    {
        var json = JsonDocument.Parse(ReportJson.Render(await ReportAsync(isCancelled: true))).RootElement;

        json.GetProperty("isCancelled").GetBoolean().ShouldBeTrue();
        json.GetProperty("subject").GetProperty("durability").GetString().ShouldBe("as it runs");
        json.GetProperty("subject").GetProperty("loadEngine").GetString().ShouldBe("GridMesh.Load.Runner");
        json.GetProperty("machine").GetProperty("memoryMb").GetDouble().ShouldBeGreaterThan(0);
        json.GetProperty("loads")[0].GetProperty("p99Ms").GetDouble().ShouldBe(90);
        json.GetProperty("loads")[0].GetProperty("codes")[1].GetProperty("code").GetString().ShouldBe("TooBusy");
        json.GetProperty("timelines")[0].GetProperty("points")[1].GetProperty("okPerSecond").GetDouble().ShouldBe(2);
        json.GetProperty("processes")[0].GetProperty("points")[0].GetProperty("memoryMb").GetDouble().ShouldBe(120);
    }

    [Fact(DisplayName = "[LO21] the HTML is one well-formed file in two languages that asks nobody for anything, with a plot for each view")]
    public async Task Html()
    {
        var html = ReportHtml.Render(await ReportAsync(isCancelled: false) with { Notes = ["<script>alert(1)</script>"] });

        html.ShouldNotContain("http");
        html.ShouldNotContain("<script");
        html.ShouldContain("&lt;script&gt;");
        html.ShouldContain("prefers-color-scheme:dark");
        var body = XDocument.Parse(html[html.IndexOf("<body>", StringComparison.Ordinal)..html.IndexOf("</html>", StringComparison.Ordinal)]);
        var captions = body.Descendants("figcaption").Select(caption => caption.Value).ToArray();
        foreach (var title in new[] { "Throughput 吞吐量", "Latency 时延: send", "Latency distribution 时延分布", "Processor 处理器", "Memory 内存", "Failures 失败", "queue items" })
        {
            captions.ShouldContain(caption => caption.StartsWith(title));
        }

        body.Descendants("svg").Count().ShouldBe(captions.Length);
        body.Descendants("polyline").ShouldAllBe(line => line.Attribute("points")!.Value.Length > 0);
    }

    [Fact(DisplayName = "[LO21] a report without a run over time has no plots, and is still a report")]
    public void Html_of_others()
    {
        var report = new Report(
            "kill", DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(1), new Machine("Linux", ".NET", 2, null, null), new Dictionary<string, string>(),
            [], [new Figure("lost", 0, "")], [new ReportTable("rounds", ["round"], [[1]])], [], [new Verdict("lost", "= 0", "0", true)]);
        var html = ReportHtml.Render(report);
        html.ShouldNotContain("<svg");
        html.ShouldContain("rounds");
    }

    [Fact(DisplayName = "[LO21] a run that somebody ended is reported and counts as not run")]
    public async Task Cancelled()
    {
        var (output, report) = (new StringWriter(), await ReportAsync(isCancelled: true));
        (await CommandLine.ExecuteAsync(_ => Task.FromResult(report), ScenarioWishes.None, TimeProvider.System, output, new StringWriter()))
            .ShouldBe(CommandLine.NotRun);
        output.ToString().ShouldContain("ended before its time");
        (await CommandLine.ExecuteAsync(_ => Task.FromResult(report with { IsCancelled = false }), ScenarioWishes.None, TimeProvider.System, output, new StringWriter()))
            .ShouldBe(CommandLine.Missed);
    }

    [Theory(DisplayName = "[LO12] a rate that is not whole is put into intervals that are")]
    [InlineData(5d)]
    [InlineData(0.25)]
    [InlineData(2.5)]
    [InlineData(7.3)]
    public void Rates(double perSecond)
    {
        var phase = GridMesh.Load.Runner.Schedules.LoadPhase.Plan([OpenRate.Inject(perSecond, TimeSpan.FromSeconds(100))])[0];
        phase.Arrivals!.Count.ShouldBe((long)Math.Ceiling(perSecond * 100));
        phase.Arrivals.DueAt(1).TotalSeconds.ShouldBe(1 / perSecond, 1e-6);
    }

    private static async Task<Report> ReportAsync(bool isCancelled)
    {
        using var sink = new RunSink(_ => { }, TimeProvider.System);
        await sink.SaveRealtimeStats([StatsAt(10)]);
        await sink.SaveRealtimeStats([StatsAt(20)]);
        await sink.SaveRealtimeMetrics(new MetricStats { Duration = TimeSpan.FromSeconds(10), Gauges = [new GaugeStats { MetricName = "queue", UnitOfMeasure = "items", Value = 7 }] });
        var context = new ScenarioContext(TimeProvider.System, new StringWriter());
        await using var product = await RunProduct.StartAsync(new RunOptions { Url = new Uri("http://127.0.0.1:1") }, [], context, CancellationToken.None);
        var result = new LoadResult(s_stats, sink.Timelines, sink.Metrics, [new ProcessLine("product", [new ProcessPoint(1, 50, 120), new ProcessPoint(2, 60, 121)])], [], isCancelled);
        return LoadReport.Compose(
            "latency", product, result, new Dictionary<string, string> { ["rate"] = "5/s" },
            new LoadFindings { Verdicts = [new Verdict("memory", "< 300 MB", "200 MB", true)] }, context);
    }

    private static ScenarioStats StatsAt(double seconds) => new()
    {
        ScenarioName = "send",
        Duration = TimeSpan.FromSeconds(seconds),
        AllRequestCount = 11,
        Ok = new MeasurementStats
        {
            Request = new RequestStats { Count = 10, RPS = 2 },
            Latency = new LatencyStats { MinMs = 1, Percent50 = 10, Percent75 = 20, Percent95 = 50, Percent99 = 90, MaxMs = 95 },
            StatusCodes = [new StatusCodeStats { StatusCode = "200", Count = 10 }],
        },
        Fail = new MeasurementStats
        {
            Request = new RequestStats { Count = 1, RPS = 0.2 },
            StatusCodes = [new StatusCodeStats { StatusCode = "TooBusy", IsError = true, Count = 1, Message = "come back later" }],
        },
        StepStats = [new StepStats { StepName = "post", Ok = new MeasurementStats { Request = new RequestStats { Count = 3 } } }],
    };
}
