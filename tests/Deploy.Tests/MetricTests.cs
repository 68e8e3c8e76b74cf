using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GridMesh.Deploy.Tests;

public sealed partial class MetricTests
{
    private const string Dashboard = "deploy/grafana/gridmesh.json";
    private const string Alerts = "deploy/prometheus/alerts.yaml";
    private const string AlertTests = "deploy/prometheus/alerts.test.yaml";
    private const string Operating = "docs/operating.md";

    /// <summary>Meters of the runtime, ASP.NET Core and Orleans.</summary>
    private static readonly string[] s_runtime = ["dotnet_", "http_server_", "kestrel_", "signalr_", "orleans_"];

    private static readonly string[] s_words = ["by", "on", "or", "and", "unless", "up", "le"];

    private static readonly IReadOnlyList<JsonNode> s_alerts =
        [.. Yaml.Documents(Repository.Read(Alerts)).Single().Items("groups").SelectMany(group => group.Items("rules"))];

    [Fact(DisplayName = "[DP7] every metric of the dashboard is in the table of operating.md or one of the runtime's")]
    public void DashboardMetrics()
    {
        var expressions = JsonNode.Parse(Repository.Read(Dashboard))!.Walk().OfType<JsonObject>()
            .Select(map => map["expr"]?.ToString()).OfType<string>().ToList();
        expressions.Count.ShouldBeGreaterThan(20);
        Unknown(expressions).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[DP7] every metric of the alerts is in the table of operating.md or one of the runtime's")]
    public void AlertMetrics()
    {
        s_alerts.Count.ShouldBeGreaterThan(10);
        Unknown(s_alerts.Select(alert => alert.Text("expr")!)).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[DP7] the autoscaler reads a metric that the adapter makes of one that exists")]
    public void ScalerMetrics()
    {
        var rules = Yaml.Documents(Repository.Read("deploy/prometheus/adapter.yaml")).Single().Items("rules").ToList();
        var read = Manifests.Of("HorizontalPodAutoscaler").SelectMany(scaler => scaler.Node.Items("spec/metrics"))
            .Select(metric => metric.Text("pods/metric/name")).OfType<string>().ToList();
        read.ShouldNotBeEmpty();
        read.Except(rules.Select(rule => rule.Text("name/as")!)).ShouldBeEmpty();
        Unknown(rules.Select(rule => rule.Text("seriesQuery")!)).ShouldBeEmpty();
    }

    [Fact(DisplayName = "[DP17] every alert says what happened and whom it wakes, and operating.md says what to do")]
    public void AlertsAreExplained()
    {
        var rows = AlertRow().Matches(Repository.Read(Operating))
            .Select(match => (match.Groups["name"].Value, match.Groups["severity"].Value));
        s_alerts.Select(alert => (alert.Text("alert")!, alert.Text("labels/severity")!))
            .ShouldBe(rows, ignoreOrder: true);
        s_alerts.ShouldAllBe(alert => alert.Text("annotations/summary") != null);
    }

    [Fact(DisplayName = "[DP17] every alert is seen to fire in the tests of the rules")]
    public void AlertsAreTested() => Yaml.Documents(Repository.Read(AlertTests)).Single().Items("tests")
        .SelectMany(test => test.Items("alert_rule_test")).Where(test => test.Items("exp_alerts").Any())
        .Select(test => test.Text("alertname")!).Distinct()
        .ShouldBe(s_alerts.Select(alert => alert.Text("alert")!), ignoreOrder: true);

    [Fact(DisplayName = "[DP17] the alerts fire when they should, and keep quiet when all is well")]
    public async Task AlertsFire()
    {
        await Tool.RunAsync("promtool", "check", "rules", Alerts);
        await Tool.RunAsync("promtool", "test", "rules", AlertTests);
    }

    [Fact(DisplayName = "[DP7] metrics are found in an expression, and nothing else")]
    public void Reading() => Metrics("""
        sum by (job, http_route) (rate(a_total{x="b_c",y=~"$d"}[$__rate_interval])) / on (instance) e_count > 1.8e9
        or (vector(0)) and count_over_time(f[5m]) offset 5m
        """).ShouldBe(["a_total", "e_count", "f"]);

    private static IEnumerable<string> Unknown(IEnumerable<string> expressions)
    {
        var known = Repository.Lines(Operating).Where(line => line.StartsWith("| `gridmesh_", StringComparison.Ordinal))
            .SelectMany(line => Name().Matches(line.Split('|')[1]).Select(match => match.Groups["name"].Value))
                .ToHashSet();
        return expressions.SelectMany(Metrics).Distinct()
            .Where(metric => !known.Contains(Suffix().Replace(metric, string.Empty))
            && !known.Contains(metric)
                && !s_runtime.Any(prefix => metric.StartsWith(prefix, StringComparison.Ordinal)));
    }

    /// <summary>
    /// The metrics of a PromQL expression: what is no function, label, range, number or word of the language.
    /// </summary>
    private static List<string> Metrics(string expression)
    {
        var bare = Grouping().Replace(Range().Replace(Labels().Replace(expression, " "), " "), " ");
        return [.. Identifier().Matches(bare).Select(match => match.Value).Except([.. s_words, "offset"])];
    }

    [GeneratedRegex(@"`(?<name>[\w]+)`")]
    private static partial Regex Name();

    [GeneratedRegex("_(?:count|sum|bucket)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"\b(?:by|on|ignoring|without)\s*\([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"(?<![\w.$])[a-zA-Z_]\w*\b(?!\s*\()")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^\| `(?<name>GridMesh\w+)` \| (?<severity>\w+) \| \S", RegexOptions.Multiline)]
    private static partial Regex AlertRow();
}
