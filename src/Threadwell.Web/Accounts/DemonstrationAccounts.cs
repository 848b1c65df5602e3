using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Threadwell.Storage;
using Threadwell.Storage.Accounts;
using Threadwell.Web.Hosting;

namespace Threadwell.Web.Accounts;

/// <summary>The accounts of the demonstration clinic: one a role, without a password, for whoever sits at this machine.</summary>
internal static class DemonstrationAccounts
{
    private static readonly (Role Role, Guid Id, string Name)[] People =
    [
        (Role.Doctor, new("de000000-0000-7000-8000-000000000001"), "BS. Nguyễn Minh Anh"),
        (Role.Coordinator, new("de000000-0000-7000-8000-000000000002"), "Phạm Thu Hà"),
        (Role.Patient, new("de000000-0000-7000-8000-000000000003"), "Trần Thị Mai"),
        (Role.Administrator, new("de000000-0000-7000-8000-000000000004"), "Lê Quốc Huy"),
    ];

    /// <summary>Key of the account of a role.</summary>
    public static Guid IdOf(Role role) => People.Single(person => person.Role == role).Id;

    /// <summary>Name of the person of a role.</summary>
    public static string FullNameOf(Role role) => People.Single(person => person.Role == role).Name;

    /// <summary>Name by which an account signs in ("doctor@demo").</summary>
    public static string NameOf(Role role) => $"{role.ToString().ToLowerInvariant()}@demo";

    /// <summary>Adds the accounts.</summary>
    public static async Task AddAsync(ThreadwellContext database, Instant now, CancellationToken cancellation)
    {
        foreach ((Role role, Guid id, string name) in People)
        {
            string signIn = NameOf(role);
            database.Users.Add(new UserAccount
            {
                Id = id,
                UserName = signIn,
                NormalizedUserName = signIn.ToUpperInvariant(),
                FullName = name,
                Role = role,
                IsDemonstration = true,
                CreatedAt = now,
                SecurityStamp = Guid.NewGuid().ToString("N"),
                LockoutEnabled = true,
            });
        }

        await database.SaveChangesAsync(cancellation);
    }

    /// <summary>The accounts that may sign in by a click: those of the demonstration, while it is there, asked for directly from this machine.</summary>
    public static async Task<IReadOnlyList<UserAccount>> OfferedAsync(HttpContext context, ThreadwellContext database) => AreOffered(context)
        ? await database.Users.AsNoTracking().Where(user => user.IsDemonstration && user.DisabledAt == null).OrderBy(user => user.Id).ToListAsync(context.RequestAborted)
        : [];

    /// <summary>Whether a request may sign in by a click: it comes from this machine itself, is passed on for nobody else, and no public address is set.</summary>
    public static bool AreOffered(HttpContext context) => Arrival.Of(context).IsDirect && !context.RequestServices.GetRequiredService<PublicAddress>().IsSet;
}
