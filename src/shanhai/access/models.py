"""Users, grants and sessions."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from shanhai.access.terms import ROLES, Reach
from shanhai.journal.terms import Side


class User(AbstractBaseUser):
    """An account of a person who works with the records."""

    username = models.CharField("账号", max_length=60, unique=True)
    display_name = models.CharField("显示名", max_length=60)
    is_active = models.BooleanField("启用", default=True)

    USERNAME_FIELD = "username"
    objects = BaseUserManager["User"]()

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.display_name or self.username


class Grant(models.Model):
    """A role given to a user, on one side, as far as it reaches, for some time."""

    user = models.ForeignKey(User, models.PROTECT, verbose_name="账号", related_name="grants")
    role = models.CharField("角色", max_length=16, choices=[(role.code, role.zh) for role in ROLES.values()])
    reach = models.CharField("适用面", max_length=8, choices=Reach.choices)
    scope = models.ForeignKey("reference.Scope", models.PROTECT, verbose_name="范围", null=True, related_name="+")
    region_code = models.CharField("行政区划代码", max_length=6, blank=True)
    side = models.CharField("所属方", max_length=4, choices=[*Side.choices, ("any", "双方")])
    first_on = models.DateField("开始日期", null=True)
    last_on = models.DateField("结束日期", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "授权"

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"


class Session(models.Model):
    """A signed-in session, found by the hash of its token; written only by the database's own functions."""

    digest = models.CharField("令牌摘要", max_length=64, unique=True)
    user = models.ForeignKey(User, models.PROTECT, verbose_name="账号", related_name="+")
    opened_at = models.DateTimeField("登录时间")
    expires_at = models.DateTimeField("失效时间")
    ended_at = models.DateTimeField("退出时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录会话"

    def __str__(self) -> str:
        return f"{self.user_id} {self.opened_at:%Y-%m-%d %H:%M}"


class Secret(models.Model):
    """The database's half of the secret that proves a session was opened by the application; nobody reads it."""

    value = models.TextField("密文")

    class Meta:
        verbose_name = verbose_name_plural = "会话密钥"

    def __str__(self) -> str:
        return "会话密钥"
