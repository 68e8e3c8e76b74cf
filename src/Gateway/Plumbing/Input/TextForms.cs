namespace GridMesh.Gateway.Plumbing.Input;

/// <summary>How codes and numbers are written, for the description of the API; their readers are stricter.</summary>
internal static class TextForms
{
    public const string Area = "^[1-9][0-9](?:[0-9]{2}(?:[0-9]{2}(?:[0-9]{3}(?:[0-9]{3}(?:[0-9]{3})?)?)?)?)?$";

    public const string Grid = "^[1-9][0-9]{14}$";

    public const string Building = "^[1-9][0-9]{19}$";

    public const string Case = "^[1-9][0-9]{14}-[0-9]{6}-[0-9]{4,6}$";

    public const string Service = "^[1-9][0-9]{14}-S[0-9a-f]{12}$";

    public const string Day = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

    public const string DayOfYear = "^[0-9]{2}-[0-9]{2}$";

    public const string Clock = "^[0-9]{2}:[0-9]{2}$";

    public const string Hash = "^[0-9a-f]{64}$";
}
