namespace GridMesh.Contracts.Incidents;

/// <summary>
/// An expected no. Closed; the name is the sentence, and the stable <c>code</c> of the problem response.
/// </summary>
[GenerateSerializer, Alias("RejectCode")]
public enum RejectCode
{
    /// <summary>No case of this number exists.</summary>
    CaseNotFound,

    /// <summary>The case already exists under this number.</summary>
    CaseAlreadyReported,

    /// <summary>This command id was used for something else.</summary>
    CommandIdAlreadyUsed,

    /// <summary>Only a case that waits for dispatch (Reported or Returned) can be dispatched.</summary>
    OnlyReportedOrReturnedCanBeDispatched,
    OnlyReportedCanBeSelfHandled,
    OnlyReportedCanBeRejected,
    OnlyDispatchedCanBeAccepted,
    OwnerMustAcceptFirst,
    OnlyDispatchedOrHandlingCanBeReturned,
    OnlyHandlingCanBeResolved,
    OnlyInspectingCanBeInspected,
    OnlyFeedbackCanBeTold,
    OnlyClosedCanBeEvaluated,
    CaseIsClosed,
    OnlyTheOwnerMay,
    InspectorMustNotBeTheHandler,
    OnlyAWorkerOfTheGridMaySelfHandle,
    OnlyADispatcherOrTheGridLeaderMay,
    OnlyAnInspectorMay,
    OnlyADispatcherOrTheOwnerMayTell,
    OnlyReporterOrResidentMayEvaluate,
    OwnerIsUnknown,
    OwnerDoesNotServeThisLine,
    CategoryIsUnknown,
    LineDoesNotMatchCategory,
    GridIsUnknown,
    GridHoldsTooManyOpenCases,
    GridHasNoNumbersLeftToday,
    WorkerIsUnknown,
    OnlyTheWorkerOrItsLeadMay,
    WorkerIsOffDuty,
    PositionIsFromTheFuture,
    DeviceIsUnknown,
    BuildingIsUnknown,
    AreaIsUnknown,
    AreaIsOutsideYourOwn,
    LineIsOutsideYourOwn,
    RoleMayNot,
}
