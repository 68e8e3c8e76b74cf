namespace GridMesh.Storage.Commits;

/// <summary>Where groups are written. Called by the committer's thread only.</summary>
internal interface IGroupTarget
{
    /// <summary>Connects and checks that the database may be written to.</summary>
    void Open();

    /// <summary>Writes the group in one durable transaction and sets the results. A throw means: nothing is certain,
    /// the connection is to be closed.</summary>
    void Commit(IReadOnlyList<Write> group);

    /// <summary>What may follow a group once its callers are answered; a throw is that of a commit.</summary>
    /// <param name="isLast">The target is closed in order after this.</param>
    void Settle(bool isLast)
    {
    }

    /// <summary>Closes the connection, open or not; what was not committed is rolled back.</summary>
    void Close();

    /// <summary>True for failures of disk and server, false for mistakes of ours.</summary>
    bool IsOutage(Exception exception);
}
