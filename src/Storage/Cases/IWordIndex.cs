using System.Data.Common;

namespace GridMesh.Storage.Cases;

/// <summary>The index of the words of cases, which each database has in its own way.</summary>
internal interface IWordIndex
{
    /// <summary>
    /// What it says of a text, where asking it is worth while; null where going through the cases in order is quicker,
    /// or no index helps. It may say yes to a case that lacks the text.
    /// </summary>
    ValueTask<WordFilter?> FindWordsAsync(DbConnection connection, string text, CancellationToken cancellation);
}
