namespace GridMesh.Gateway.Plumbing.Problems;

/// <summary>Codes of problem responses that no grain gives; the others are <c>RejectCode</c> names.</summary>
internal enum ProblemCode
{
    ValidationFailed,
    MalformedJson,
    BodyTooLarge,
    TooManyItems,
    RouteNotFound,
    MethodNotAllowed,
    MediaTypeNotSupported,
    TokenIsMissingOrInvalid,
    RoleMayNot,
    TooManyRequests,
    StorageIsUnavailable,
    TooBusy,
    SiloIsUnavailable,
    UnexpectedFault,
    RequestFailed,
    CodesHaveNoKey,
    SubscriptionNotFound,
    TooManySubscriptions,
    DeadLetterNotFound,
    KeyIsMissingOrUnknown,
    OrderNotFound,
    OrderIsAnother,
    RulesWereChanged,
    SignInRefused,
    PasswordHasToBeChanged,
}
