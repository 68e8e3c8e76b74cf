namespace GridMesh.Load.Districts;

/// <summary>Reports cases as the people of a district. Safe for many callers, each with a random of its own.</summary>
internal sealed class CaseReporting(MeshClient client, Crew crew)
{
    private readonly string _run = Guid.NewGuid().ToString("N");
    private int _sent;

    /// <param name="by">Null: anybody.</param>
    public async Task<Response> SendAsync(Random random, Member? by = null)
    {
        var (member, serial) = (by ?? crew.Members[random.Next(crew.Members.Count)], Interlocked.Increment(ref _sent));
        return Response.Of(await client.PostAsync(
            "incidents", member.Token, member.Report(random.Next(), $"load {_run} {serial}"), $"{_run}-{serial}"));
    }
}
