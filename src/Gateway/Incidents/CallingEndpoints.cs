using System.ComponentModel.DataAnnotations;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;
using GridMesh.Gateway.Plumbing.Descriptions;
using GridMesh.Gateway.Plumbing.Input;
using GridMesh.Gateway.Plumbing.Pipeline;
using GridMesh.Gateway.Plumbing.Problems;

namespace GridMesh.Gateway.Incidents;

internal sealed record LinesBody
{
    /// <summary>All there are.</summary>
    public const int LinesMax = 7;

    [Required, MinLength(1), MaxLength(LinesMax), NamesOf<Line>]
    public IReadOnlyList<string>? Lines { get; init; }

    [Required, MaxLength(IncidentCommand.TextMax)]
    public string? Reason { get; init; }
}

/// <summary>Other lines of work see a case, and say what they know.</summary>
internal static class CallingEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        CaseCommands.Map<LinesBody>(api, "lines", CallLines)
            .Describe("callLines", "Other lines of work see the case", "多条线协同")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.OnlyTheOwnerOrItsDeskMay);
        CaseCommands.Map<FeedbackBody>(api, "note", (call, body) => new NoteIncident(
                call.Id, call.Me, call.Check.Text(body.Text, "text", IncidentCommand.TextMax)))
            .Describe("noteIncident", "Put a note on record", "备注")
            .Refuses(RejectCode.CaseIsClosed, RejectCode.CaseHoldsTooManyNotes);
    }

    private static CallLines CallLines(CommandCall call, LinesBody body)
    {
        var lines = body.Lines ?? [];
        call.Check.That(
            lines.Count is >= 1 and <= LinesBody.LinesMax, "lines", $"has 1-{LinesBody.LinesMax} lines");
        var known = lines.Take(LinesBody.LinesMax)
            .Select(line => call.Check.OneOf<Line>(line, "lines")).OfType<Line>().Distinct();
        return new CallLines(call.Id, call.Me, [.. known], CaseCommands.Reason(call, body.Reason));
    }
}
