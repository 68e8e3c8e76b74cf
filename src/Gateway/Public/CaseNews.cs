using GridMesh.Contracts.Access;
using GridMesh.Contracts.Incidents;
using GridMesh.Contracts.Storage;

namespace GridMesh.Gateway.Public;

/// <summary>What the facts of a case come to for the public. Who did it is in none of it.</summary>
/// <param name="UpdatedAt">When it last came further.</param>
/// <param name="HandleDue">When it has to be handled by; null while nobody has accepted it or its clock stands.</param>
/// <param name="Text">The last word to the reporter: what was told, why it was rejected, where it goes on.</param>
internal sealed record CaseNews(DateTimeOffset UpdatedAt, DateTimeOffset? HandleDue, string? Text)
{
    /// <summary>The facts that count; others, as sightings of an alarm, may be many.</summary>
    private static readonly ImmutableArray<string> s_types =
        [.. CaseFactAttribute.All.Where(kind => kind.Value.IsPublic).Select(kind => kind.Key.Name)];

    public static CaseNews Of(IncidentView incident) =>
        Of(incident.History.Select(entry => entry.Fact).Where(fact => CaseFactAttribute.All[fact.GetType()].IsPublic));

    /// <summary>The news of many cases, in as many reads as their numbers need.</summary>
    public static async Task<IReadOnlyDictionary<string, CaseNews>> ReadAsync(
        IFactReader reader, IReadOnlyCollection<CaseRow> rows, CancellationToken cancellation)
    {
        var news = new Dictionary<string, CaseNews>(rows.Count);
        foreach (var chunk in rows.Select(row => row.Number.Value).Chunk(IFactReader.StreamsMax))
        {
            foreach (var stream in (await reader.ReadStreamsAsync(chunk, s_types, cancellation))
                .GroupBy(record => record.Stream))
            {
                news[stream.Key] = Of(stream.Select(FactJson.Decode<IncidentFact>));
            }
        }

        return news;
    }

    private static CaseNews Of(IEnumerable<IncidentFact> facts) =>
        facts.Aggregate(
            new CaseNews(default, null, null), (news, fact) => news.After(fact) with { UpdatedAt = fact.At });

    private CaseNews After(IncidentFact fact) => fact switch
    {
        IncidentAccepted e => this with { HandleDue = e.HandleDue },
        IncidentSelfHandled e => this with { HandleDue = e.HandleDue },
        InspectionFailed e => this with { HandleDue = e.HandleDue },
        ExtensionGranted e => this with { HandleDue = e.HandleDue },
        IncidentResumed e => this with { HandleDue = e.HandleDue },
        IncidentSuspended or IncidentReturned or IncidentReopened or IncidentDispatched =>
            this with { HandleDue = null },
        ReporterTold e => this with { Text = PersonalText.Mask(e.Text) },
        IncidentRejected e => this with { Text = PersonalText.Mask(e.Reason) },
        IncidentMerged e => this with { Text = $"并入 goes on as {e.Into}" },
        _ => this,
    };
}
