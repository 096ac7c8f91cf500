"""Find by an index what has had its time: browsers, links and mails."""

from alembic import op


revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f('ix_session_expires_at'), 'session', ['expires_at'])
    op.create_index(op.f('ix_token_purpose_expires_at'), 'token', ['purpose', 'expires_at'])
    op.create_index(op.f('ix_mail_created_at'), 'mail', ['created_at'])


def downgrade() -> None:
    op.drop_index(op.f('ix_mail_created_at'), 'mail')
    op.drop_index(op.f('ix_token_purpose_expires_at'), 'token')
    op.drop_index(op.f('ix_session_expires_at'), 'session')
