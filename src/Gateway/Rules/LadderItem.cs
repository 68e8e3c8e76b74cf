using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;

namespace GridMesh.Gateway.Rules;

/// <summary>A row of the ladders in JSON, with the names that it has in <c>ladders.csv</c>.</summary>
[Sent]
internal sealed record LadderItem(
    [property: NamesOf<Line>] string? Line, string? Category, [property: NamesOf<Severity>] string? Severity,
    [property: Required, NamesOf<Step>] string? Step, [property: Required, Range(0, Rung.AfterMax)] int? After,
    [property: Required, NamesOf<RungAction>] string? Action,
    [property: Range(1, Supervision.LevelMax)] int? Level)
{
    public static LadderItem Of(LadderRow row) => new(
        row.Line?.ToString(), row.Category, row.Severity?.ToString(), row.Rung.Step.ToString(), row.Rung.After,
        row.Rung.Action.ToString(), row.Rung.Level);

    public static string KeyOf(LadderRow row) =>
        $"{row.Category ?? row.Line?.ToString() ?? "*"} {row.Severity?.ToString() ?? "*"} {row.Rung}";

    /// <summary>
    /// The same rows as a table, so that there is one reader with one set of checks: item 1 is line 2.
    /// </summary>
    /// <exception cref="BadHttpRequestException">It is no such JSON.</exception>
    public static Stream ToCsv(Stream json)
    {
        try
        {
            var text = new StringBuilder("line,category,severity,step,after,action,level\n");
            foreach (var item in JsonSerializer.Deserialize<LadderItem?[]>(json, BodyJson.Options) ?? [])
            {
                if (item is null)
                    throw new JsonException("An item is null.");

                object?[] cells =
                    [item.Line, item.Category, item.Severity, item.Step, item.After, item.Action, item.Level];
                text.AppendJoin(',', cells.Select(Quoted)).Append('\n');
            }

            return new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body is no list of rungs.", StatusCodes.Status400BadRequest, e);
        }
    }

    private static string Quoted(object? cell) => $"\"{cell?.ToString()?.Replace("\"", "\"\"")}\"";
}
