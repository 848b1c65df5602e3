using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Threadwell.Web.Access;
using Threadwell.Web.Text;

namespace Threadwell.Web.Hosting;

/// <summary>What a visitor chooses for this browser: language, and light or dark. Kept in cookies that no script needs.</summary>
internal static class SettingEndpoints
{
    private static readonly string[] Themes = ["auto", "light", "dark"];

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/settings/language", (HttpContext context, [FromForm] string language, [FromForm] string back) =>
            Keep(context, Languages.Names.Contains(language, StringComparer.Ordinal), CookieRequestCultureProvider.DefaultCookieName, $"c={language}|uic={language}", back)).Needs(Permission.Anyone);
        routes.MapPost("/settings/theme", (HttpContext context, [FromForm] string theme, [FromForm] string back) =>
            Keep(context, Themes.Contains(theme, StringComparer.Ordinal), "theme", theme, back)).Needs(Permission.Anyone);
        routes.MapGet("/icon.svg", (ClientAssets assets) => Results.Bytes(assets.Read("icon.svg"), "image/svg+xml")).Needs(Permission.Anyone);
    }

    private static IResult Keep(HttpContext context, bool known, string cookie, string value, string back)
    {
        if (!known)
        {
            return Results.BadRequest();
        }

        context.Response.Cookies.Append(cookie, value, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true });
        return Results.LocalRedirect(LocalAddress.Checked(back));
    }
}
