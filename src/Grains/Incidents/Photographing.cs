using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <summary>Evidence in pictures.</summary>
internal sealed class Photographing : CaseTopic
{
    public Photographing()
    {
        Decide<AddPhoto>(Add, byCalled: true);
        Fold<PhotoAdded>((state, e) => state with { Photos = state.Photos.Add(e.Photo) });
    }

    /// <summary>
    /// Who works on cases adds photos to any that it may see, a resident to its own. The same picture again is no
    /// second one.
    /// </summary>
    private static Decision Add(IncidentState state, AddPhoto c, CaseRules rules) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : c.By.Role == Role.Viewer ? RejectCode.RoleMayNot
        : state.Photos.Any(photo => photo.Hash == c.Photo.Hash && photo.Kind == c.Photo.Kind) ? Decision.Nothing
        : state.Photos.Length >= Photo.CountMax ? RejectCode.CaseHoldsTooManyPhotos
        : new PhotoAdded(rules.Now, c.By.Id, c.Photo);
}
