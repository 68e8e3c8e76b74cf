namespace GridMesh.Exchange;

/// <summary>Something in a package that has to be put right before it can be imported.</summary>
/// <param name="File">Name in the package.</param>
/// <param name="Line">Counted from 1; 0 where it is the file as a whole.</param>
/// <param name="Field">Column or property; empty where it is the line as a whole.</param>
/// <param name="MessageZh">What is wrong, in Chinese.</param>
/// <param name="MessageEn">What is wrong, in English.</param>
public sealed record ImportProblem(string File, int Line, string Field, string MessageZh, string MessageEn)
{
    /// <summary>One line for a terminal: <c>file:line field: 中文 / English</c>.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}" : File;
        return $"{place}{(Field.Length > 0 ? $" {Field}" : "")}: {MessageZh} / {MessageEn}";
    }
}
