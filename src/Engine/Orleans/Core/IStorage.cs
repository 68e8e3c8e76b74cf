namespace Orleans.Core;

/// <summary>One stored record of a grain.</summary>
public interface IStorage
{
    /// <summary>The version of the record as last read or written, null when there is none.</summary>
    string? Etag { get; }

    bool RecordExists { get; }

    /// <summary>Removes the record and resets the state.</summary>
    Task ClearStateAsync();

    /// <summary>Stores the state.</summary>
    /// <exception cref="Storage.InconsistentStateException">Somebody else wrote the record since it was
    /// read.</exception>
    Task WriteStateAsync();

    /// <summary>Replaces the state by what is stored.</summary>
    Task ReadStateAsync();

    /// <inheritdoc cref="ClearStateAsync()"/>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <inheritdoc cref="WriteStateAsync()"/>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <inheritdoc cref="ReadStateAsync()"/>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

/// <summary>One stored record of a grain, typed.</summary>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state in memory; a change is not stored before <see cref="IStorage.WriteStateAsync()"/>.</summary>
    TState State { get; set; }
}
