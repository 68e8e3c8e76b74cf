using System.CommandLine;

namespace GridMesh.Load.Running;

/// <summary>What every scenario is asked.</summary>
/// <param name="Json">File for the report, besides the terminal; null: none.</param>
/// <param name="Html">The same with plots.</param>
/// <param name="CountsCalls">Whether the product counts the calls of its grains, for a table in the report.</param>
/// <param name="Silo">Path of the <c>GridMesh.Silo.dll</c> that is run; null: the one that was built along.</param>
internal sealed record ScenarioWishes(string? Json, string? Html, string? Silo, bool CountsCalls)
{
    public static ScenarioWishes None { get; } = new(null, null, null, false);
}

/// <summary><c>--json</c>, <c>--html</c>, <c>--silo</c> and <c>--calls</c>, the same for every scenario.</summary>
internal sealed class ScenarioArguments
{
    private readonly Option<string?> _json = new("--json") { Description = "File for the report as JSON. JSON 报告文件。" };
    private readonly Option<string?> _html = new("--html") { Description = "File for the report as HTML with plots. HTML 图表报告文件。" };
    private readonly Option<string?> _silo = new("--silo") { Description = "GridMesh.Silo.dll of another build, an older one too, instead of the one built along. 指定其他构建的 GridMesh.Silo.dll。" };

    private readonly Option<bool> _calls = new("--calls") { Description = "Counts the calls of grains, for each position, command and door event. 统计 grain 调用次数。" };

    public void AddTo(Command command)
    {
        command.Add(_json);
        command.Add(_html);
        command.Add(_silo);
        command.Add(_calls);
    }

    public ScenarioWishes Read(ParseResult parsed) =>
        new(parsed.GetValue(_json), parsed.GetValue(_html), parsed.GetValue(_silo), parsed.GetValue(_calls));
}
