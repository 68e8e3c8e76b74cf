using GridMesh.Simulator.State;
using GridMesh.Simulator.Timers;
using GridMesh.Simulator.Turns;
using Orleans.Serialization.Invocation;

namespace GridMesh.Simulator.Grains;

/// <summary>One live grain: does what it is asked, one thing after the other unless they may interleave.</summary>
internal sealed partial class Activation(SimulatedSilo silo, GrainKind kind, GrainId id)
{
    private enum Stage
    {
        Waking,
        Awake,
        Leaving,
        Gone,
    }

    private readonly Lane _lane = new(silo.Loop);
    private readonly List<GrainTurn> _waiting = [];
    private readonly List<GrainTurn> _running = [];
    private readonly List<SimulatedGrainTimer> _timers = [];
    private readonly List<IPersisted> _states = [];
    private IGrainBase? _instance;
    private Stage _stage;
    private bool _isBlocked;
    private bool _isToGo;
    private long _usedAt = silo.Time.GetTimestamp();
    private long _keptUntil;

    public GrainKind Kind => kind;

    public SimulatedSilo Silo => silo;

    public Lane Lane => _lane;

    public IGrainBase? Instance => _instance;

    public bool IsAwake => _stage == Stage.Awake;

    public void Wake() => _lane.Post(() => _ = WakeAsync());

    public void Receive(GrainTurn turn)
    {
        _waiting.Add(turn);
        _usedAt = turn.IsUse ? silo.Time.GetTimestamp() : _usedAt;
        _lane.Post(TakeNext);
    }

    public void GoOnIdle()
    {
        _isToGo = true;
        _lane.Post(TakeNext);
    }

    public void KeepFor(TimeSpan span) => _keptUntil = silo.Time.GetTimestamp() + span.Ticks;

    /// <summary>Lets it go if it has not been used for longer than that.</summary>
    public void Collect(TimeSpan age)
    {
        var now = silo.Time.GetTimestamp();
        if (!kind.IsKeptAlive && _stage == Stage.Awake && _running.Count == 0 && _waiting.Count == 0
            && now - _usedAt > age.Ticks && now >= _keptUntil)
        {
            GoOnIdle();
        }
    }

    public void Add(SimulatedGrainTimer timer) => _timers.Add(timer);

    public void Remove(SimulatedGrainTimer timer) => _timers.Remove(timer);

    /// <summary>It is gone at once, in the middle of whatever it did.</summary>
    public void Die(Exception cause)
    {
        var left = _running.Concat(_waiting).ToArray();
        End();
        foreach (var turn in left)
            turn.Answer(Response.FromException(cause));
    }

    private async Task WakeAsync()
    {
        try
        {
            _instance = RuntimeSlot.With(this, () => kind.Create(silo.Services, StateOf));
            foreach (var state in _states)
                await state.ReadStateAsync(CancellationToken.None);

            await _instance.OnActivateAsync(CancellationToken.None);
            _stage = Stage.Awake;
            TakeNext();
        }
        catch (Exception e)
        {
            // Whoever woke it is told why it could not; the next one wakes it anew.
            Die(e);
        }
    }

    private object StateOf(Type type, PersistentStateAttribute attribute)
    {
        var state = silo.States.Create(type, id, attribute.StateName, silo.Copier);
        _states.Add(state);
        return state;
    }

    /// <summary>Begins the first thing that may begin.</summary>
    private void TakeNext()
    {
        if (_stage != Stage.Awake)
            return;

        if (_isToGo)
        {
            if (_running.Count == 0)
            {
                _stage = Stage.Leaving;
                _ = LeaveAsync();
            }

            return;
        }

        var next = _waiting.FindIndex(turn => !_isBlocked || turn.Interleaves);
        if (next < 0)
            return;

        var turn = _waiting[next];
        _waiting.RemoveAt(next);
        _ = DoAsync(turn);
    }

    private async Task DoAsync(GrainTurn turn)
    {
        _running.Add(turn);
        _isBlocked |= !turn.Interleaves;
        var response = await turn.Invoke();
        _running.Remove(turn);
        _isBlocked &= turn.Interleaves;
        turn.Answer(response.Exception is null ? silo.Code.Responses.Copy(response) : response);
        if (_waiting.Count > 0 || _isToGo)
            _lane.Post(TakeNext);
    }

    private async Task LeaveAsync()
    {
        try
        {
            await _instance!.OnDeactivateAsync(
                new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "it goes"), CancellationToken.None);
        }
        catch (Exception e)
        {
            silo.Failed(e, $"{id} while it went");
        }

        var left = _waiting.ToArray();
        End();
        foreach (var turn in left)
            turn.Again?.Invoke();
    }

    private void End()
    {
        _stage = Stage.Gone;
        foreach (var timer in _timers.ToArray())
            timer.Dispose();

        _waiting.Clear();
        _running.Clear();
        silo.Remove(this);
        silo.Loop.Kill(_lane);
    }
}
