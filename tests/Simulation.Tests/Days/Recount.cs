using System.Text;
using System.Text.Json;
using GridMesh.Contracts.Directory;

namespace GridMesh.Simulation.Tests.Days;

/// <summary>One line of a count: whose, in which hour, what.</summary>
internal readonly record struct Counted(string Subject, DateTimeOffset Hour, string Counter);

/// <summary>
/// Counts the indices from an exported journal and nothing else: it knows the file, not the product. Each fact is
/// judged by looking back over the facts of its case, as a clerk would who has the whole file on the desk.
/// </summary>
internal sealed class Recount(DirectoryView directory)
{
    private readonly Dictionary<Counted, long> _counts = [];

    private sealed record Line(string Case, string Type, DateTimeOffset At, JsonElement Body)
    {
        public string? Owner => Body.TryGetProperty("owner", out var owner) ? owner.GetString() : null;
    }

    public IReadOnlyDictionary<Counted, long> Of(byte[] journal)
    {
        var lines = Encoding.UTF8.GetString(journal).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(text => JsonDocument.Parse(text).RootElement)
            .Select(line => new Line(
                line.GetProperty("stream").GetString()!, line.GetProperty("type").GetString()!,
                line.GetProperty("at").GetDateTimeOffset(), line.GetProperty("payload")))
            .Where(line => char.IsAsciiDigit(line.Case[0]));
        foreach (var file in lines.GroupBy(line => line.Case))
        {
            Line[] facts = [.. file];
            for (var i = 0; i < facts.Length; i++)
                Judge(facts[..i], facts[i]);
        }

        return _counts;
    }

    private void Judge(Line[] before, Line fact)
    {
        var report = before.Length > 0 ? before[0] : fact;
        switch (fact.Type)
        {
            case "IncidentReported": Add(fact, null, "reported"); break;
            case "IncidentSeenAgain" or "MergedCaseTaken": Add(fact, OwnerAfter(before), "repeated"); break;
            case "IncidentDispatched":
                File(before, fact, report, fact.Owner!);
                Add(fact, fact.Owner, "dispatched");
                Add(
                    fact, fact.Owner, "dispatchSeconds",
                    Seconds(Last(before, "IncidentReported", "IncidentReturned", "IncidentReopened")!, fact));
                break;
            case "IncidentSelfHandled":
                File(before, fact, report, fact.Owner!);
                Add(fact, fact.Owner, "selfHandled");
                break;
            case "IncidentReturned": Add(fact, OwnerAfter(before), "returned"); break;
            case "IncidentReopened": Add(fact, OwnerAfter(before), "reopened"); break;
            case "IncidentAccepted":
                Add(fact, OwnerAfter(before), "accepted");
                Add(fact, OwnerAfter(before), "acceptSeconds", Seconds(Last(before, "IncidentDispatched")!, fact));
                break;
            case "IncidentResolved":
                Add(fact, OwnerAfter(before), "handled");
                Add(fact, OwnerAfter(before), "handledInTime", OwnerIsLate(before) ? 0 : 1);
                Add(
                    fact, OwnerAfter(before), "handleSeconds",
                    Seconds(Last(before, "IncidentAccepted", "IncidentSelfHandled", "InspectionFailed")!, fact));
                break;
            case "InspectionPassed" or "InspectionFailed":
                Add(fact, OwnerAfter(before), "inspected");
                Add(fact, OwnerAfter(before), "reworked", fact.Type == "InspectionFailed" ? 1 : 0);
                break;
            case "ReporterTold":
                Add(fact, OwnerAfter(before), "closed");
                Add(
                    fact, OwnerAfter(before), "closedInTime",
                    ThisRound(before).Any(line => line.Type == "DeadlinePassed") ? 0 : 1);
                break;
            case "IncidentEvaluated":
                Add(fact, OwnerAfter(before), "scores");
                Add(fact, OwnerAfter(before), "scoreSum", fact.Body.GetProperty("score").GetInt64());
                break;
            case "DeadlinePassed": Add(fact, OwnerAfter(before), "overdue"); break;
            case "IncidentEscalated": Add(fact, OwnerAfter(before), "escalated"); break;
            case "IncidentRejected": Add(fact, OwnerAfter(before), "rejected"); break;
            case "AppealReviewed" when Grants([.. ThisRound(before), fact]) == 2: Exempt(before); break;
        }
    }

    /// <summary>A case is filed once in its life.</summary>
    private void File(Line[] before, Line fact, Line report, string owner)
    {
        if (before.Any(line => line.Type is "IncidentDispatched" or "IncidentSelfHandled"))
            return;

        var source = report.Body.GetProperty("source").GetString();
        Add(fact, owner, "filed");
        Add(fact, owner, "publicFiled", source is "Resident" or "Hotline" ? 1 : 0);
        Add(
            fact, owner, "missed",
            report.Body.GetProperty("line").GetString() == "UrbanManagement" && source != "Worker" ? 1 : 0);
    }

    /// <summary>What was late in this round is taken out of the rates of the hours where it was counted.</summary>
    private void Exempt(Line[] before)
    {
        var start = Array.FindLastIndex(before, line => line.Type == "IncidentReopened") + 1;
        for (var i = start; i < before.Length; i++)
        {
            var until = before[..i];
            if (before[i].Type == "IncidentResolved" && OwnerIsLate(until))
                Add(before[i], OwnerAfter(until), "handledExempt");

            if (before[i].Type == "ReporterTold" && ThisRound(until).Any(line => line.Type == "DeadlinePassed"))
                Add(before[i], OwnerAfter(until), "closedExempt");
        }
    }

    private static int Grants(Line[] round) =>
        round.Count(line => line.Type == "AppealReviewed" && line.Body.GetProperty("grant").GetBoolean());

    private static Line[] ThisRound(Line[] before) =>
        before[(Array.FindLastIndex(before, line => line.Type == "IncidentReopened") + 1)..];

    /// <summary>A deadline of the owner's has passed since it was given the case, or was told to do it again.</summary>
    private static bool OwnerIsLate(Line[] before)
    {
        var since = Array.FindLastIndex(
            before, line => line.Type is "IncidentDispatched" or "IncidentSelfHandled" or "InspectionFailed");
        return before.Skip(since + 1).Any(line => line.Type == "DeadlinePassed"
            && line.Body.GetProperty("step").GetString() is "Dispatched" or "Handling");
    }

    private static string? OwnerAfter(Line[] before) =>
        Last(before, "IncidentDispatched", "IncidentSelfHandled", "IncidentReturned", "IncidentReopened")?.Owner;

    private static Line? Last(Line[] before, params string[] types) =>
        before.LastOrDefault(line => types.Contains(line.Type));

    private static long Seconds(Line from, Line to) => Math.Max(0, (long)Math.Round((to.At - from.At).TotalSeconds));

    private void Add(Line fact, string? owner, string counter, long value = 1)
    {
        if (value == 0)
            return;

        var grid = fact.Case[..15];
        List<string> subjects = [grid, grid[..12], grid[..9], grid[..6]];
        if (owner is not null && directory.Workers.TryGetValue(owner, out var worker))
            subjects.AddRange([$"w:{owner}", $"p:{grid[..6]}:{worker.Kind}", $"p:{grid[..9]}:{worker.Kind}"]);
        else if (owner is not null)
            subjects.Add($"d:{owner}");

        var hour = new DateTimeOffset(fact.At.UtcDateTime.Date.AddHours(fact.At.UtcDateTime.Hour), TimeSpan.Zero);
        foreach (var key in subjects.Select(subject => new Counted(subject, hour, counter)))
            _counts[key] = _counts.GetValueOrDefault(key) + value;
    }
}
