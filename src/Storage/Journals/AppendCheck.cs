using GridMesh.Contracts.Storage;
using GridMesh.Storage.Databases;

namespace GridMesh.Storage.Journals;

/// <summary>Refuses beforehand what would spoil a whole group in the database.</summary>
internal static class AppendCheck
{
    /// <summary>Longest stream and type in characters.</summary>
    public const int NameMax = 64;

    /// <summary>Longest author in characters.</summary>
    public const int ByMax = 256;

    /// <exception cref="ArgumentException">What is wrong with the append.</exception>
    public static void Check(JournalAppend append)
    {
        ArgumentNullException.ThrowIfNull(append);
        Require(append.Stream is { Length: >= 1 and <= NameMax }, $"A stream has 1 to {NameMax} characters.");
        Require(append.ExpectedVersion >= 0, "An expected version is not negative.");
        Require(append.District.Value is not null, "The district is missing.");
        Require(append.Facts is { Count: >= 1 and <= IJournal.FactsMax }, $"1 to {IJournal.FactsMax} facts a command.");
        StorableText.Check(append.Stream);
        foreach (var fact in append.Facts)
            CheckFact(fact);
        if (append.Case is { } row)
            StorableText.Check(row.Category, row.Description, row.Owner, row.AlarmKey);
        if (append.Duty is { } duty)
            StorableText.Check(duty.Worker);
    }

    private static void CheckFact(NewFact fact)
    {
        Require(fact.Type is { Length: >= 1 and <= NameMax }, $"A fact type has 1 to {NameMax} characters.");
        Require(fact.By is { Length: <= ByMax }, $"An author has at most {ByMax} characters.");
        Require(fact.Payload.Length <= IJournal.PayloadMax, $"A payload has at most {IJournal.PayloadMax} bytes.");
        StorableText.Check(fact.Type, fact.By);
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw new ArgumentException(message);
    }
}
