using System.Text.Json;
using GridMesh.Load.Measuring;
using GridMesh.Load.Reports;

namespace GridMesh.Load.Tests.Reports;

public sealed class ReportTests
{
    private static readonly Report s_report = new(
        "latency", new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero), TimeSpan.FromSeconds(61.5),
        new Machine("Linux", ".NET 10", 2, 0.5, null), new Dictionary<string, string> { ["rate"] = "5/s" },
        [new LatencySummary("report -> frame", 300, Ms(100), Ms(200), Ms(250), Ms(281.1))],
        [new Figure("cases lost", 0, ""), new Figure("processor", 32.07, "% of a core")],
        [new ReportTable("rounds", ["round", "seconds"], [[1, 2.03], [2, 1.5]])],
        ["refused: 1 x TooBusy"],
        [new Verdict("cases lost", "= 0", "0", true), new Verdict("p99", "< 200 ms", "250 ms", false)]);

    [Fact(DisplayName = "[LO4] a report is met only when every threshold is")]
    public void Verdict()
    {
        s_report.IsMet.ShouldBeFalse();
        (s_report with { Thresholds = [s_report.Thresholds[0]] }).IsMet.ShouldBeTrue();
    }

    [Fact(DisplayName = "[LO4] the text names the machine, every latency, figure, row, note and threshold, and which one is missed")]
    public void Text()
    {
        var lines = ReportText.Render(s_report).Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries))).ToArray();

        lines.ShouldContain("latency: MISSED 2026-01-05 08:00:00 +00:00, 61.5 s");
        lines.ShouldContain("Linux, .NET 10, 2 cores, load 0.50 before and unknown after");
        lines.ShouldContain("rate=5/s");
        lines.ShouldContain("report -> frame 300 100.0 200.0 250.0 281.1");
        lines.ShouldContain("processor 32.07 % of a core");
        lines.ShouldContain("1 2.03");
        lines.ShouldContain("refused: 1 x TooBusy");
        lines.ShouldContain("ok cases lost = 0: 0");
        lines.ShouldContain("MISSED p99 < 200 ms: 250 ms");
    }

    [Fact(DisplayName = "[LO4] the JSON carries the same, durations as numbers of milliseconds with their error bound")]
    public void Json()
    {
        var json = JsonDocument.Parse(ReportJson.Render(s_report)).RootElement;

        json.GetProperty("scenario").GetString().ShouldBe("latency");
        json.GetProperty("isMet").GetBoolean().ShouldBeFalse();
        json.GetProperty("machine").GetProperty("cores").GetInt32().ShouldBe(2);
        json.GetProperty("machine").GetProperty("loadAtEnd").ValueKind.ShouldBe(JsonValueKind.Null);
        var latency = json.GetProperty("latencies")[0];
        latency.GetProperty("p99Ms").GetDouble().ShouldBe(250);
        latency.GetProperty("maxMs").GetDouble().ShouldBe(281.1);
        latency.GetProperty("relativeErrorMax").GetDouble().ShouldBeLessThanOrEqualTo(0.01);
        json.GetProperty("figures")[1].GetProperty("value").GetDouble().ShouldBe(32.07);
        json.GetProperty("tables")[0].GetProperty("rows")[0][1].GetDouble().ShouldBe(2.03);
        json.GetProperty("thresholds")[1].GetProperty("isMet").GetBoolean().ShouldBeFalse();
    }

    private static TimeSpan Ms(double value) => TimeSpan.FromMilliseconds(value);
}
