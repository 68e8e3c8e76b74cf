using GridMesh.Contracts.Access;
using GridMesh.Contracts.Codes;
using GridMesh.Contracts.Incidents;

namespace GridMesh.Grains.Incidents;

/// <content>Evidence in pictures.</content>
public sealed partial class IncidentDecider
{
    /// <summary>
    /// Who works on cases adds photos to any that it may see, a resident to its own. The same picture again is no
    /// second one.
    /// </summary>
    private static Decision Photograph(IncidentState state, AddPhoto c, DateTimeOffset now) =>
        !state.Step.IsOpen() ? RejectCode.CaseIsClosed
        : c.By.Role == Role.Viewer || (c.By.Role == Role.Resident && !IsReporter(state, c.By)) ? RejectCode.RoleMayNot
        : state.Photos.Any(photo => photo.Hash == c.Photo.Hash && photo.Kind == c.Photo.Kind) ? new Decision(null, [])
        : state.Photos.Length >= Photo.CountMax ? RejectCode.CaseHoldsTooManyPhotos
        : new PhotoAdded(now, c.By.Id, c.Photo);
}
