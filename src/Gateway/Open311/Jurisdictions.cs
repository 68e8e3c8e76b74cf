using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Directory;
using GridMesh.Contracts.Letters;

namespace GridMesh.Gateway.Open311;

/// <summary>Districts as jurisdictions: named by their code, and only where there are several of them.</summary>
internal static class Jurisdictions
{
    /// <summary>The district that a request is about, or the answer that says why there is none.</summary>
    public static (AreaCode District, Open311Answer? Problem) Find(DirectoryView view, string? id)
    {
        var districts = view.Data.Areas.Where(area => area.Code.Tier == Tier.District).ToArray();
        if (id is not null)
        {
            return AreaCode.TryParse(id, out var code) && districts.Any(area => area.Code == code)
                ? (code, null)
                : (default, Open311Answer.Error(
                    StatusCodes.Status404NotFound,
                    $"jurisdiction_id: no district '{WholeText.Shorten(id)}' is served here"));
        }

        return districts switch
        {
            [var only] => (only.Code, null),
            [] => (default, Open311Answer.Error(StatusCodes.Status404NotFound, "no district is served here yet")),
            _ => (default, Open311Answer.Error(
                StatusCodes.Status400BadRequest, "jurisdiction_id is required: several districts are served here")),
        };
    }
}
