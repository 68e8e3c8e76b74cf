using GridMesh.Contracts.Codes;

namespace GridMesh.Gateway.Plumbing.Problems;

/// <summary>The one table from codes to HTTP statuses.</summary>
internal static class ProblemStatus
{
    /// <summary>What is not named here contradicts the state of things: 409.</summary>
    public static int Of(RejectCode code) => code switch
    {
        RejectCode.CaseNotFound or RejectCode.WorkerIsUnknown or RejectCode.BuildingIsUnknown
            or RejectCode.AreaIsUnknown or RejectCode.PlanIsUnknown or RejectCode.WatchIsUnknown
            or RejectCode.LinkIsUnknown or RejectCode.CheckpointIsUnknown or RejectCode.ServiceIsUnknown
            or RejectCode.PhotoIsUnknown or RejectCode.ReviewItemIsUnknown =>
            StatusCodes.Status404NotFound,
        RejectCode.AreaIsOutsideYourOwn or RejectCode.LineIsOutsideYourOwn or RejectCode.RoleMayNot
            or RejectCode.OnlyTheWorkerOrItsLeadMay or RejectCode.OnlyTheWorkerItselfMay
            or RejectCode.OnlyTheGridLeaderOrItsDesksMayPlan or RejectCode.OnlyTheOwnGridMay
            or RejectCode.OnlyTheOwnGridAndItsDesksMay or RejectCode.OnlyTheVisitorOrTheGridMay
            or RejectCode.OnlyTheAskerMay or RejectCode.OnlyTheHolderOrTheGridLeaderMay
            or RejectCode.OnlyTheGridLeaderMayAssign =>
            StatusCodes.Status403Forbidden,
        RejectCode.CategoryIsUnknown or RejectCode.LineDoesNotMatchCategory or RejectCode.GridIsUnknown
            or RejectCode.OwnerIsUnknown or RejectCode.CodeIsForged or RejectCode.MatterIsUnknown =>
            StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status409Conflict,
    };

    public static int Of(ProblemCode code) => code switch
    {
        ProblemCode.ValidationFailed or ProblemCode.MalformedJson or ProblemCode.RequestFailed =>
            StatusCodes.Status400BadRequest,
        ProblemCode.TokenIsMissingOrInvalid => StatusCodes.Status401Unauthorized,
        ProblemCode.RoleMayNot or ProblemCode.KeyIsMissingOrUnknown or ProblemCode.SignInRefused
            or ProblemCode.PasswordHasToBeChanged =>
            StatusCodes.Status403Forbidden,
        ProblemCode.RouteNotFound or ProblemCode.SubscriptionNotFound or ProblemCode.DeadLetterNotFound
            or ProblemCode.OrderNotFound =>
            StatusCodes.Status404NotFound,
        ProblemCode.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ProblemCode.TooManySubscriptions or ProblemCode.OrderIsAnother or ProblemCode.RulesWereChanged =>
            StatusCodes.Status409Conflict,
        ProblemCode.BodyTooLarge or ProblemCode.TooManyItems => StatusCodes.Status413PayloadTooLarge,
        ProblemCode.MediaTypeNotSupported => StatusCodes.Status415UnsupportedMediaType,
        ProblemCode.TooManyRequests => StatusCodes.Status429TooManyRequests,
        ProblemCode.CodesHaveNoKey => StatusCodes.Status501NotImplemented,
        ProblemCode.StorageIsUnavailable or ProblemCode.TooBusy or ProblemCode.SiloIsUnavailable =>
            StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
