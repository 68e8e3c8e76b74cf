using System.CommandLine;

namespace GridMesh.Load.Running;

/// <summary>Where a report is written besides the terminal; null: nowhere.</summary>
internal sealed record ReportFiles(string? Json, string? Html);

/// <summary><c>--json</c> and <c>--html</c>, the same for every scenario.</summary>
internal sealed class ReportArguments
{
    private readonly Option<string?> _json = new("--json") { Description = "File for the report as JSON. JSON 报告文件。" };
    private readonly Option<string?> _html = new("--html") { Description = "File for the report as HTML with plots. HTML 图表报告文件。" };

    public void AddTo(Command command)
    {
        command.Add(_json);
        command.Add(_html);
    }

    public ReportFiles FilesOf(ParseResult parsed) => new(parsed.GetValue(_json), parsed.GetValue(_html));
}
