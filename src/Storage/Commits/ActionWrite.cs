using System.Data.Common;

namespace GridMesh.Storage.Commits;

/// <summary>A rare write that is a few statements of plain SQL.</summary>
internal sealed class ActionWrite(Action<DbConnection> run) : Write<bool>
{
    public void Run(DbConnection connection)
    {
        run(connection);
        Result = true;
    }
}
