using Orleans.Core;
using Orleans.Serialization;
using Orleans.Storage;

namespace GridMesh.Simulator.State;

/// <summary>Where grains keep their state. It stays when everything else is lost.</summary>
public sealed class StateTable
{
    private readonly Dictionary<(GrainId, string), (object State, int Etag)> _rows = [];

    /// <summary>Comes before each reading and writing; may fail or take its time.</summary>
    public Func<Task> Before { get; set; } = () => Task.CompletedTask;

    /// <summary>The state as it was written last; null where none was.</summary>
    public object? Find(GrainId grain, string name) => _rows.GetValueOrDefault((grain, name)).State;

    internal IPersisted Create(Type type, GrainId grain, string name, DeepCopier copier) => (IPersisted)Activator
        .CreateInstance(typeof(Persisted<>).MakeGenericType(type), this, grain, name, copier)!;

    private sealed class Persisted<T>(StateTable table, GrainId grain, string name, DeepCopier copier)
        : IPersistentState<T>, IPersisted
    {
        private int _etag;

        public T State { get; set; } = Activator.CreateInstance<T>();

        public string? Etag => RecordExists ? $"{_etag}" : null;

        public bool RecordExists => _etag > 0;

        public async Task ReadStateAsync()
        {
            await table.Before();
            (State, _etag) = table._rows.TryGetValue((grain, name), out var row)
                ? (copier.Copy((T)row.State), row.Etag)
                : (Activator.CreateInstance<T>(), 0);
        }

        public async Task WriteStateAsync()
        {
            var state = copier.Copy(State);
            await table.Before();
            Check();
            table._rows[(grain, name)] = (state!, ++_etag);
        }

        public async Task ClearStateAsync()
        {
            await table.Before();
            Check();
            table._rows.Remove((grain, name));
            (State, _etag) = (Activator.CreateInstance<T>(), 0);
        }

        public Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();

        public Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

        public Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

        private void Check()
        {
            var stored = table._rows.TryGetValue((grain, name), out var row) ? row.Etag : 0;
            if (stored != _etag)
                throw new InconsistentStateException($"{grain} {name}", $"{stored}", $"{_etag}");
        }
    }
}

/// <summary>State that is read before its grain wakes.</summary>
internal interface IPersisted : IStorage;
