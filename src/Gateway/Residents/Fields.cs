using System.Globalization;
using GridMesh.Contracts.Letters;

namespace GridMesh.Gateway.Residents;

/// <summary>
/// What was typed into a form, and what is wrong with it field by field: shown again as it is, so that nothing is lost.
/// </summary>
public sealed class Fields(IFormCollection? form = null)
{
    private readonly Dictionary<string, Said> _faults = [];

    public bool Failed => _faults.Count > 0;

    public IReadOnlyDictionary<string, Said> Faults => _faults;

    /// <summary>What was typed, without blanks around it; empty where nothing was.</summary>
    public string this[string name] => form?[name] is [{ } text, ..] ? text.Trim() : "";

    /// <summary>The same, or null for nothing.</summary>
    public string? Optional(string name, int max)
    {
        var text = this[name];
        That(text.Length <= max, name, new Said($"最多 {max} 个字", $"At most {max} characters"));
        That(WholeText.Is(text), name, new Said("含有无法识别的字符", "It has characters that cannot be read"));
        return text.Length == 0 ? null : text;
    }

    /// <summary>A score, which has to be there; null where it is not one of 1 to 5.</summary>
    public int? Score()
    {
        var isScore = int.TryParse(this["score"], NumberStyles.None, CultureInfo.InvariantCulture, out var score)
            && score is >= 1 and <= 5;
        That(isScore, "score", new Said("请选择 1 到 5 分", "Choose 1 to 5"));
        return isScore ? score : null;
    }

    /// <summary>The first thing that is wrong with a field is told.</summary>
    public void That(bool holds, string name, Said otherwise)
    {
        if (!holds)
            _faults.TryAdd(name, otherwise);
    }
}
