using GridMesh.Contracts.Buildings;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Storage;
using Orleans.Runtime;

namespace GridMesh.Grains.Buildings;

/// <summary>What a building keeps: its last door record.</summary>
[GenerateSerializer, Alias("BuildingState")]
public sealed record BuildingState
{
    [Id(0)] public DateTimeOffset? LastDoorAt { get; init; }
}

/// <summary>
/// One building. Door events are durable in the track store before they come here, so the state is written lazily and,
/// after a crash, caught up from there.
/// </summary>
internal sealed class BuildingGrain(
    [PersistentState("building", "state")] IPersistentState<BuildingState> memory, ITrackStore tracks,
    TimeProvider time)
    : MeshGrain, IBuildingGrain
{
    /// <summary>Door events read back at most after a crash.</summary>
    private const int CatchUpMax = 1_000;

    private static readonly TimeSpan s_catchUpAge = TimeSpan.FromDays(2);

    private bool _dirty;
    private bool _isCaughtUp;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _dirty ? memory.WriteStateAsync(cancellationToken) : Task.CompletedTask;

    public Task RecordDoorsAsync(ImmutableArray<DateTimeOffset> openedAt)
    {
        Apply(openedAt);
        return Task.CompletedTask;
    }

    public async Task<BuildingView> GetAsync()
    {
        await CatchUpAsync();
        var code = BuildingCode.Parse(this.GetPrimaryKeyString());
        return new BuildingView(code, code.Grid, memory.State.LastDoorAt);
    }

    /// <summary>
    /// Once, and only for who asks: most buildings wake for an event that is later than all that could be missing.
    /// </summary>
    private async Task CatchUpAsync()
    {
        if (_isCaughtUp)
            return;

        var now = time.GetUtcNow();
        var from = memory.State.LastDoorAt is { } last && last > now - s_catchUpAge
            ? last + TimeSpan.FromMilliseconds(1)
            : now - s_catchUpAge;
        var missed = await tracks.ReadDoorsAsync(this.GetPrimaryKeyString(), from, now, CatchUpMax);
        Apply(missed.Select(door => door.At));
        _isCaughtUp = true;
    }

    /// <summary>The latest one counts, so the same event twice or late changes nothing.</summary>
    private void Apply(IEnumerable<DateTimeOffset> openedAt)
    {
        foreach (var at in openedAt.Where(at => memory.State.LastDoorAt is not { } last || at > last))
        {
            _dirty = true;
            memory.State = new BuildingState { LastDoorAt = at };
        }
    }
}
