namespace Threadwell.Web.Tests.Access;

/// <summary>Who asks.</summary>
public enum Asker
{
    Nobody,
    Patient,
    OtherPatient,
    Doctor,
    Coordinator,
    Administrator,

    /// <summary>The phone that was enrolled for the treatment of <see cref="Patient"/>.</summary>
    Phone,

    /// <summary>The phone that was enrolled for the treatment of <see cref="OtherPatient"/>.</summary>
    OtherPhone,

    /// <summary>The phone of a relative of <see cref="Patient"/>, enrolled for the same treatment.</summary>
    RelativesPhone,
}

/// <summary>Whose record is asked for.</summary>
public enum Whose
{
    /// <summary>The patient's.</summary>
    Own,

    /// <summary>Another patient's.</summary>
    Anothers,

    /// <summary>A sample or practice scan, and what lies on it.</summary>
    Nobodys,

    /// <summary>There is no such record.</summary>
    Missing,
}

/// <summary>
/// The table of access as the clinic wants it, written down without a look at the code that decides. Every route stands in one row by its pattern; what each role may
/// do there follows from the row's group. A route without a row fails the test.
/// </summary>
internal static class PolicyTable
{
    // Groups: who may, for a patient's record and for nobody's (samples, practice). "own" = that patient alone.
    //
    //                        nobody  patient  doctor  coordinator  administrator | nobody's record
    // Open                   yes     yes      yes     yes          yes           |
    // Account                -       yes      yes     yes          yes           |
    // Documents              -       own      yes     yes          -             | doctor
    // Care                   -       own      yes     yes          -             | doctor      (and a phone, for the treatment for which it was enrolled; it signs in for everything else)
    // Phone                  -       -        -       -            -             | -           (the patient's own phone, for the treatment for which it was enrolled; a relative's never)
    // Self                   -       own      yes     -            -             | doctor
    // Desk                   -       -        yes     yes          -             | doctor
    // Doctor                 -       -        yes     -            -             | doctor
    // Recall                 -       -        yes     yes          yes           |
    // Registry               -       -        yes     -            yes           |
    // Clinic                 -       -        -       -            yes           |
    public enum Group
    {
        Open,
        Account,
        Documents,
        Care,
        Phone,
        Self,
        Desk,
        Doctor,
        Recall,
        Registry,
        Clinic,
    }

    /// <summary>The group of every route.</summary>
    public static IReadOnlyDictionary<string, Group> Routes { get; } = Read("""
        Open       GET    /assets/{file}
        Open       GET    /icon.svg
        Open       GET    /push-worker.js
        Open       GET    /go/{message}
        Open       PAGE   /reminders/stop
        Open       PAGE   /reminders/appointment
        Open       PAGE   /reminders/question
        Open       POST   /reminders/stop/now
        Open       POST   /settings/language
        Open       POST   /settings/theme
        Open       PAGE   /learn
        Open       PAGE   /evidence
        Open       PAGE   /evidence/{id}
        Open       PAGE   /fault
        Open       PAGE   /not-found
        Open       PAGE   /sign-in
        Open       POST   /sign-in/demonstration
        Open       POST   /sign-in/password
        Open       GET    /sign-in/sign-on
        Open       GET    /sign-in/sign-on/done
        Open       PAGE   /sign-in/code
        Open       POST   /sign-in/code/check
        Open       POST   /api/sign-in/passkey/options
        Open       POST   /api/sign-in/passkey
        Open       GET    /check-in-worker.js
        Open       GET    /api/check-ins/rulebook
        Open       PAGE   /enrol/{secret}
        Open       POST   /enrol/use
        Open       PAGE   /phone-shut
        Open       PAGE   /setup
        Open       POST   /setup/make
        Open       PAGE   /invitation
        Open       POST   /invitation/accept
        Open       GET    /feeds/{secret}.ics
        Open       PAGE   /ask
        Open       PAGE   /ask/sent
        Open       PAGE   /ask/{secret}
        Open       POST   /ask/{secret}/confirm
        Open       POST   /ask/{secret}/publishing
        Open       POST   /ask/{secret}/erase
        Open       PAGE   /questions
        Open       PAGE   /questions/{address}
        Open       GET    /questions/feed.atom
        Open       GET    /sitemap.xml
        Open       GET    /robots.txt
        Account    PAGE   /account
        Account    PAGE   /account/codes
        Account    POST   /account/codes/remove
        Account    POST   /account/password
        Account    POST   /api/account/passkeys/options
        Account    POST   /api/account/passkeys
        Account    POST   /account/passkeys/remove
        Account    POST   /account/sessions/end
        Account    POST   /account/sessions/end-all
        Account    GET    /account/sign-on
        Account    GET    /account/sign-on/done
        Account    POST   /account/sign-on/remove
        Account    PAGE   /sign-in/again
        Account    POST   /sign-in/again/prove
        Account    POST   /api/sign-in/again
        Account    POST   /sign-out
        Account    GET    /
        Account    PAGE   /my
        Account    PAGE   /my/family
        Account    PAGE   /my/reminders
        Account    POST   /api/my/push
        Account    POST   /api/my/push/end
        Phone      POST   /api/treatments/{id}/push
        Phone      POST   /api/treatments/{id}/push/end
        Account    POST   /api/sentences

        Desk       PAGE   /calendar
        Desk       PAGE   /calendar/new
        Desk       PAGE   /calendar/{id}
        Desk       POST   /calendar/{id}/state
        Desk       POST   /calendar/{id}/no-show
        Desk       POST   /calendar/follow-up
        Documents  GET    /api/appointments/{id}/calendar
        Desk       GET    /api/appointments/{id}/no-show-letter
        Desk       PAGE   /account/feed
        Desk       PAGE   /patients
        Desk       PAGE   /patients/new
        Desk       PAGE   /patients/{id}
        Desk       PAGE   /patients/{id}/edit
        Desk       PAGE   /patients/{id}/account
        Desk       PAGE   /patients/{id}/photos
        Desk       PAGE   /patients/{id}/messages
        Doctor     PAGE   /patients/{id}/scans
        Doctor     PAGE   /patients/{id}/outline
        Self       PAGE   /patients/{id}/assess
        Doctor     POST   /assessments/{id}/accept
        Documents  PAGE   /assessments/{id}
        Documents  GET    /assessments/{id}/letter.pdf
        Documents  PAGE   /patients/{id}/consultation
        Documents  PAGE   /predictions/{id}/consultation
        Documents  GET    /api/predictions/{id}/consultation/document
        Documents  GET    /api/predictions/{id}/consultation/fields
        Documents  GET    /api/predictions/{id}/consultation/plan
        Documents  GET    /api/predictions/{id}/consultation/surface
        Documents  GET    /api/predictions/{id}/consultation/pictures/{number}
        Self       PAGE   /patients/{id}/consent
        Self       GET    /patients/{id}/consent/pictures/{version}/{number}
        Self       POST   /api/patients/{id}/consent/passkey/question
        Self       POST   /api/patients/{id}/consent/passkey
        Documents  PAGE   /consents/{id}
        Documents  GET    /consents/{id}/pictures/{number}
        Documents  GET    /consents/{id}/signature.png
        Documents  GET    /consents/{id}/pdf
        Self       POST   /consents/{id}/withdraw
        Desk       PAGE   /rules
        Desk       PAGE   /rules/aftercare
        Doctor     POST   /rules/aftercare/sign-off
        Doctor     POST   /rules/{version}/sign-off
        Desk       PAGE   /on-call
        Desk       GET    /api/photos/{id}/picture
        Desk       GET    /api/photos/{id}/thumbnail

        Doctor     PAGE   /practice
        Doctor     GET    /api/scans
        Doctor     POST   /api/scans
        Desk       GET    /api/scans/{id}
        Doctor     PUT    /api/scans/{id}
        Doctor     DELETE /api/scans/{id}
        Doctor     PUT    /api/scans/{id}/reading
        Desk       GET    /api/scans/{id}/surface
        Desk       GET    /api/scans/{id}/picture
        Desk       GET    /api/scans/{id}/file
        Desk       GET    /api/scans/{id}/zones
        Desk       GET    /api/scans/{id}/areas
        Doctor     POST   /api/scans/{id}/suggest
        Doctor     POST   /api/scans/{id}/check
        Doctor     POST   /api/scans/{id}/preview
        Doctor     GET    /api/previews/{mesh}/carrier
        Doctor     POST   /api/patients/{id}/scans
        Doctor     GET    /api/plans
        Doctor     POST   /api/plans
        Desk       GET    /api/plans/{id}
        Doctor     PUT    /api/plans/{id}
        Doctor     DELETE /api/plans/{id}
        Doctor     POST   /api/plans/{id}/versions
        Desk       GET    /api/plans/{id}/versions/{number}
        Doctor     POST   /api/plans/{id}/predictions
        Doctor     POST   /api/plans/{id}/proposals
        Doctor     GET    /api/plans/{id}/proposals
        Doctor     GET    /api/plans/{id}/proposals/pictures/{number}
        Doctor     GET    /api/plans/{id}/proposals/page
        Desk       GET    /api/predictions/{id}
        Doctor     DELETE /api/predictions/{id}
        Desk       GET    /api/predictions/{id}/document
        Desk       GET    /api/predictions/{id}/fields
        Desk       GET    /api/predictions/{id}/lift.png
        Desk       GET    /api/predictions/{id}/report
        Desk       GET    /api/predictions/{id}/surface.glb
        Desk       GET    /predictions/{id}/report
        Desk       PAGE   /predictions/{id}/causes
        Doctor     POST   /predictions/{id}/causes/start
        Desk       GET    /api/predictions/{id}/causes
        Desk       GET    /api/predictions/{id}/difference/{other}
        Desk       GET    /api/jobs/{id}/events
        Doctor     DELETE /api/jobs/{id}
        Doctor     PAGE   /scans/{id}
        Doctor     PAGE   /plans/{id}
        Doctor     PAGE   /compare

        Doctor     PAGE   /patients/{id}/treat
        Desk       PAGE   /treatments/{id}
        Desk       PAGE   /treatments/{id}/marking
        Desk       GET    /api/treatments/{id}
        Desk       POST   /api/treatments/{id}/photos
        Documents  GET    /api/treatments/{id}/thread-card
        Documents  GET    /api/treatments/{id}/preparation-sheet
        Care       PAGE   /treatments/{id}/aftercare
        Care       GET    /api/treatments/{id}/aftercare-sheet
        Care       GET    /api/treatments/{id}/aftercare-calendar
        Care       PAGE   /treatments/{id}/check-in
        Care       POST   /api/check-ins/{id}/photos/{photo}
        Documents  GET    /api/check-ins/{id}/photos/{photo}
        Documents  GET    /api/check-ins/{id}/photos/{photo}/thumbnail
        Documents  PAGE   /treatments/{id}/check-ins
        Desk       PAGE   /treatments/{id}/enrol
        Doctor     PAGE   /treatments/{id}/aftercare-orders
        Desk       GET    /api/treatments/{id}/marking-sheet
        Desk       GET    /api/treatments/{id}/marking-picture
        Doctor     PUT    /api/treatments/{id}/recheck
        Doctor     PUT    /api/treatments/{id}/doses
        Doctor     PUT    /api/treatments/{id}/sterility
        Doctor     PUT    /api/treatments/{id}/asymmetry
        Doctor     PUT    /api/treatments/{id}/nerves
        Doctor     PUT    /api/treatments/{id}/phone
        Doctor     PUT    /api/treatments/{id}/booking
        Doctor     PUT    /api/treatments/{id}/not-placed
        Doctor     PUT    /api/treatments/{id}/discharge
        Doctor     POST   /api/treatments/{id}/cancel
        Doctor     POST   /api/treatments/{id}/start
        Doctor     POST   /api/treatments/{id}/override
        Doctor     POST   /api/treatments/{id}/package
        Doctor     POST   /api/treatments/{id}/products
        Doctor     POST   /api/treatments/{id}/threads
        Doctor     POST   /api/treatments/{id}/threads/{thread}/strike
        Doctor     POST   /api/treatments/{id}/events
        Doctor     POST   /api/treatments/{id}/end
        Doctor     POST   /api/treatments/{id}/next-morning

        Care       GET    /api/treatments/{id}/check-ins
        Care       POST   /api/treatments/{id}/check-ins

        Doctor     PAGE   /inbox
        Doctor     PAGE   /inbox/templates
        Doctor     PAGE   /inbox/{id}
        Doctor     POST   /inbox/{id}/claim
        Doctor     POST   /inbox/{id}/release
        Doctor     POST   /inbox/{id}/draft
        Doctor     POST   /inbox/{id}/close
        Doctor     POST   /inbox/{id}/link
        Doctor     POST   /inbox/{id}/unlink
        Doctor     POST   /inbox/{id}/publish
        Doctor     POST   /inbox/{id}/review
        Doctor     POST   /inbox/{id}/withdraw
        Doctor     POST   /inbox/{id}/erase
        Doctor     GET    /inbox/{id}/photos/{photo}
        Doctor     GET    /inbox/{id}/photos/{photo}/thumbnail

        Desk       PAGE   /board
        Desk       PAGE   /tasks/{id}
        Desk       POST   /tasks/{id}/acknowledge
        Desk       POST   /tasks/{id}/not-reached
        Desk       POST   /tasks/{id}/contacted
        Desk       POST   /tasks/{id}/seen
        Desk       POST   /tasks/{id}/note
        Desk       POST   /tasks/{id}/close
        Doctor     POST   /tasks/{id}/lower
        Desk       GET    /api/tasks/{id}/referral-letter
        Desk       PAGE   /cards
        Desk       PAGE   /cards/{id}
        Doctor     PAGE   /patients/{id}/complications/new
        Desk       PAGE   /complications/{id}
        Doctor     PAGE   /complications/{id}/edit
        Doctor     POST   /complications/{id}/strike
        Doctor     PAGE   /patients/{id}/removals/new
        Desk       PAGE   /removals/{id}
        Doctor     POST   /removals/{id}/culture
        Doctor     POST   /removals/{id}/strike
        Doctor     PAGE   /patients/{id}/events
        Doctor     PAGE   /treatments/{id}/visits/new
        Documents  PAGE   /treatments/{id}/outcome
        Desk       PAGE   /visits/{id}
        Doctor     PAGE   /visits/{id}/edit
        Doctor     PAGE   /visits/{id}/marks
        Doctor     POST   /visits/{id}/measure
        Doctor     POST   /visits/{id}/strike
        Desk       GET    /visits/{id}/report
        Doctor     POST   /api/visits/{id}/scans
        Desk       GET    /api/visits/{id}/measurement
        Desk       GET    /api/visits/{id}/change.png

        Recall     PAGE   /recall
        Recall     GET    /recall/file
        Registry   PAGE   /registry
        Registry   POST   /registry/export

        Clinic     PAGE   /clinic
        Clinic     POST   /clinic/demonstration/remove
        Clinic     PAGE   /clinic/audit
        Clinic     PAGE   /clinic/accounts
        Clinic     POST   /clinic/accounts/{id}/shut
        Clinic     POST   /clinic/accounts/{id}/open
        Clinic     PAGE   /clinic/facilities
        Clinic     PAGE   /clinic/facilities/new
        Clinic     PAGE   /clinic/facilities/{id}
        Clinic     PAGE   /clinic/staff
        Clinic     PAGE   /clinic/staff/{user}/licence
        Clinic     PAGE   /clinic/licences/{id}
        Clinic     PAGE   /clinic/on-call
        Clinic     POST   /clinic/on-call/{turn}/remove
        Clinic     PAGE   /clinic/aftercare
        Clinic     PAGE   /clinic/demonstration
        Clinic     PAGE   /clinic/rules
        Clinic     PAGE   /clinic/messages
        Clinic     PAGE   /clinic/rules/{ruleid}
        Clinic     PAGE   /clinic/products
        Clinic     PAGE   /clinic/products/new
        Clinic     PAGE   /clinic/products/{id}
        """);

    /// <summary>Whether a request goes through to the endpoint.</summary>
    /// <param name="group">The route's group.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="whose">Whose record; null where the route names none.</param>
    public static Answer Expected(Group group, Asker asker, Whose? whose)
    {
        if (group == Group.Open)
        {
            return Answer.Through;
        }

        if (asker == Asker.Nobody)
        {
            return Answer.SignIn;
        }

        if (asker is Asker.Phone or Asker.OtherPhone or Asker.RelativesPhone)
        {
            return group is not (Group.Care or Group.Phone) ? Answer.SignIn
                : (group, asker) is (Group.Phone, Asker.RelativesPhone) ? Answer.Refused
                : (asker, whose) is (Asker.Phone or Asker.RelativesPhone, Whose.Own) or (Asker.OtherPhone, Whose.Anothers) ? Answer.Through
                : Answer.Hidden;
        }

        bool role = group switch
        {
            Group.Account => true,
            Group.Documents or Group.Care => asker != Asker.Administrator,
            Group.Self => asker is Asker.Patient or Asker.OtherPatient or Asker.Doctor,
            Group.Desk => asker is Asker.Doctor or Asker.Coordinator,
            Group.Doctor => asker is Asker.Doctor,
            Group.Recall => asker is Asker.Doctor or Asker.Coordinator or Asker.Administrator,
            Group.Registry => asker is Asker.Doctor or Asker.Administrator,
            Group.Clinic => asker is Asker.Administrator,
            _ => false,
        };
        if (!role)
        {
            return Answer.Refused;
        }

        bool record = (asker, whose) switch
        {
            (_, null) => true,
            (_, Whose.Missing) => false,
            (Asker.Doctor, _) => true,
            (Asker.Coordinator, Whose.Own or Whose.Anothers) => true,
            (Asker.Patient, Whose.Own) => true,
            (Asker.OtherPatient, Whose.Anothers) => true,
            _ => false,
        };
        return record ? Answer.Through : Answer.Hidden;
    }

    private static Dictionary<string, Group> Read(string table) => table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToDictionary(row => $"{row[1]} {row[2]}", row => Enum.Parse<Group>(row[0]), StringComparer.Ordinal);
}

/// <summary>What a request meets.</summary>
public enum Answer
{
    /// <summary>The endpoint answers, whatever it says.</summary>
    Through,

    /// <summary>401, or the way to the page of signing in.</summary>
    SignIn,

    /// <summary>403.</summary>
    Refused,

    /// <summary>404.</summary>
    Hidden,
}
