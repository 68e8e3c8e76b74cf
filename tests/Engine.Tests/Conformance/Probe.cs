using System.Collections.Concurrent;

namespace GridMesh.Engine.Tests.Conformance;

/// <summary>Between a test and its grains: grains note what happened and wait at gates, tests wait for notes and open gates.</summary>
public sealed class Probe
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<string>> _notes = [];
    private readonly List<(string Name, int Count, TaskCompletionSource Reached)> _waiters = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private volatile bool _allOpen;

    public void Note(string name, string value = "")
    {
        lock (_lock)
        {
            if (!_notes.TryGetValue(name, out var notes))
                _notes[name] = notes = [];
            notes.Add(value);
            foreach (var waiter in _waiters.FindAll(w => w.Name == name && notes.Count >= w.Count))
                waiter.Reached.TrySetResult();
        }
    }

    public IReadOnlyList<string> Notes(string name)
    {
        lock (_lock)
            return _notes.TryGetValue(name, out var notes) ? [.. notes] : [];
    }

    public int Count(string name) => Notes(name).Count;

    /// <summary>Completes when there are this many notes of the name.</summary>
    public async Task<IReadOnlyList<string>> ReachedAsync(string name, int count = 1)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (!_notes.TryGetValue(name, out var notes) || notes.Count < count)
                _waiters.Add((name, count, reached));
            else
                reached.SetResult();
        }

        await reached.Task.WaitAsync(Hang.Limit, TimeProvider.System);
        return Notes(name);
    }

    /// <summary>Waits until the test opens the gate.</summary>
    public Task GateAsync(string name)
    {
        var gate = Gate(name);
        return _allOpen ? Task.CompletedTask : gate.Task;
    }

    public void Open(string name) => Gate(name).TrySetResult();

    /// <summary>Opens every gate, also those to come, so that a failed test can be taken down.</summary>
    public void OpenAll()
    {
        _allOpen = true;
        foreach (var gate in _gates.Keys)
            Open(gate);
    }

    private TaskCompletionSource Gate(string name) => _gates.GetOrAdd(
        name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
