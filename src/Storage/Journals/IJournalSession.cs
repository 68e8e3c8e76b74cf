namespace GridMesh.Storage.Journals;

/// <summary>The journal's tables within the writer's connection.</summary>
internal interface IJournalSession
{
    /// <summary>Ends of this writer's chains by district, read when the connection was opened.</summary>
    IReadOnlyDictionary<string, ChainHead> ChainHeads { get; }

    /// <summary>Versions of the streams; one that does not exist is missing from the answer.</summary>
    Dictionary<string, long> ReadVersions(IReadOnlyCollection<string> streams);

    /// <summary>Where the commands are; an unknown one is missing from the answer.</summary>
    Dictionary<Guid, CommandPlace> FindCommands(IReadOnlyCollection<Guid> commands);

    /// <summary>Writes the batch. False: a unique constraint was hit and nothing of the batch is written.</summary>
    bool TryWrite(JournalBatch batch);
}
