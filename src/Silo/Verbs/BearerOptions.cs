using System.Collections.Immutable;
using System.CommandLine;
using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Json;

namespace GridMesh.Silo.Verbs;

/// <summary>What <c>accounts</c> and <c>tokens</c> say about whom: a role, an area, lines, a worker.</summary>
internal sealed record Bearer(Role Role, AreaCode Area, ImmutableArray<Line> Lines, string? Worker);

/// <summary>The options that say about whom it is.</summary>
internal sealed class BearerOptions
{
    /// <summary>Longest id of a worker that a token may have.</summary>
    private const int WorkerMax = 64;

    private readonly Option<string?> _role = new("--role")
    {
        Description = "viewer, worker, lead, dispatcher, inspector, supervisor, resident or admin. 角色。",
        Required = true,
    };

    private readonly Option<string?> _area = new("--area")
    {
        Description = "Code of what may be touched, and everything below. 区域编码。", Required = true,
    };

    private readonly Option<string[]> _lines = new("--lines")
    {
        Description = "Lines of work it is limited to, with , between them. 限定条线。",
    };

    private readonly Option<string?> _worker = new("--worker")
    {
        Description = "Id of the worker or department in the directory. 人员或部门编号。",
    };

    public void AddTo(Command command)
    {
        command.Add(_role);
        command.Add(_area);
        command.Add(_lines);
        command.Add(_worker);
    }

    /// <summary>Null, with a sentence for each thing that is wrong.</summary>
    public Bearer? Read(ParseResult parsed)
    {
        var isRole = AccessVerb.Check(
            EnumName.TryParse<Role>(parsed.GetValue(_role), out var role, ignoreCase: true),
            $"--role is one of {EnumName.All<Role>()}");
        var isArea = AreaCode.TryParse(parsed.GetValue(_area), out var area, out var reason);
        var isWell = isRole & AccessVerb.Check(isArea, $"--area: {reason}");
        var lines = ImmutableArray.CreateBuilder<Line>();
        var names = (parsed.GetValue(_lines) ?? []).SelectMany(
            line => line.Split(',', StringSplitOptions.RemoveEmptyEntries));
        foreach (var name in names)
        {
            isWell &= AccessVerb.Check(
                EnumName.TryParse<Line>(name, out var line, ignoreCase: true),
                $"--lines: '{name}' is none of {EnumName.All<Line>()}");
            lines.Add(line);
        }

        var worker = parsed.GetValue(_worker);
        isWell &= AccessVerb.Check(
            !isRole || role != Role.Worker || worker is { Length: > 0 },
            "--worker is needed for the role worker: the id in the directory");
        isWell &= AccessVerb.Check(
            worker is not { Length: > WorkerMax }, $"--worker has at most {WorkerMax} characters");
        return isWell ? new Bearer(role, area, lines.ToImmutable(), worker) : null;
    }
}
